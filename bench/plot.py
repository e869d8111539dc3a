"""The plot `docs/bench.svg`: leak against hush, one point a system, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.results import Quality, System

# Both tones can be read on white and on black.
_INK, _OURS = "#767676", "#1f8a70"
_GAP = 4.2


def spaced(places: Sequence[float], gap: float) -> list[float]:
    """The places moved apart so that no two are nearer than `gap`; their order is kept."""
    blocks: list[list[int]] = []
    for index in sorted(range(len(places)), key=places.__getitem__):
        blocks.append([index])
        while len(blocks) > 1 and _overlap(places, blocks[-2], blocks[-1], gap):
            last = blocks.pop()
            blocks[-1] += last
    moved = [0.0] * len(places)
    for block in blocks:
        for step, index in enumerate(block):
            moved[index] = _lowest(places, block, gap) + gap * step
    return moved


def _overlap(places: Sequence[float], below: Sequence[int], above: Sequence[int], gap: float) -> bool:
    return _lowest(places, above, gap) < _lowest(places, below, gap) + gap * len(below)


def _lowest(places: Sequence[float], block: Sequence[int], gap: float) -> float:
    """Where a block begins whose members stand `gap` apart around their own middle."""
    return sum(places[index] for index in block) / len(block) - gap * (len(block) - 1) / 2


def plot(systems: Sequence[System], path: Path) -> None:
    """Draws the systems that have figures."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    shown = [(system.name, system.quality) for system in systems if system.quality]
    look = {"svg.fonttype": "none", "svg.hashsalt": "beside", "font.family": "sans-serif", "font.size": 10}
    with mpl.rc_context({**look, **dict.fromkeys(("text.color", "axes.edgecolor"), _INK)}):
        figure = Figure(figsize=(7.5, 5.5), layout="constrained")
        axes = figure.add_subplot()
        _frame(axes)
        heights = spaced([100 * found.leak.value for _, found in shown], _GAP)
        for (name, found), height in zip(shown, heights, strict=True):
            _point(axes, name, found, height)
        figure.savefig(path, transparent=True, metadata={"Date": None, "Title": "Leak against hush"})


def _frame(axes: Any) -> None:
    # A little room below nought, so that a good system does not lie on the frame.
    axes.set_xlim(-2, 100)
    axes.set_ylim(-5, 105)
    axes.set_xlabel("hush: kept back, of what should arrive, %", color=_INK)
    axes.set_ylabel("leak: let through, of what should not arrive, %", color=_INK)
    axes.tick_params(colors=_INK)
    axes.spines[["top", "right"]].set_visible(False)


def _point(axes: Any, name: str, found: Quality, height: float) -> None:
    colour = _OURS if name.startswith("Beside") else _INK
    x, y = 100 * found.hush.value, 100 * found.leak.value
    across = [[x - 100 * found.hush.low], [100 * found.hush.high - x]]
    along = [[y - 100 * found.leak.low], [100 * found.leak.high - y]]
    axes.errorbar(x, y, along, across, fmt="o", color=colour, markersize=5, linewidth=1.2, clip_on=False)
    axes.text(100 * found.hush.high + 1.5, height, name, color=colour, va="center")
