"""A policy file: TOML in, plain data out, and for a bad file the line, a caret and a hint."""

from __future__ import annotations

import tomllib
from pathlib import Path

from beside.gate.policy import Policy, PolicyError


def read_policy(path: Path) -> dict[str, object]:
    """The data of a policy file that has been checked. Raises `PolicyError` showing the place."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PolicyError(f"{path} cannot be read ({problem})", hint="Name a UTF-8 text file") from problem
    problem_found = problem_in(source, path.name)
    if problem_found:
        raise PolicyError(problem_found)
    return tomllib.loads(source)


def problem_in(source: str, name: str) -> str:
    """The first problem of a policy file as text with line, caret and hint; empty if there is none."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as problem:
        return _syntax(source, name, str(problem))
    try:
        Policy.from_dict(data)
    except PolicyError as error:
        line, column, width = _place(source, error.key)
        return _shown(source, name, line, column, width, error.message, error.hint)
    return ""


def _syntax(source: str, name: str, message: str) -> str:
    lines = source.splitlines() or [""]
    what, _, place = message.partition(" (at ")
    numbers = [int(part) for part in place.replace(",", " ").replace(")", " ").split() if part.isdigit()]
    line, column = (numbers[0], numbers[1]) if len(numbers) == 2 else (len(lines), len(lines[-1]) + 1)
    hint = 'Each line is a setting, such as caution = "careful"; rules stand below a line [labels]'
    return _shown(source, name, line, column, 1, what[:1].lower() + what[1:], hint)


def _place(source: str, key: str) -> tuple[int, int, int]:
    for number, line in enumerate(source.splitlines(), start=1):
        bare = line.split("#")[0]
        start = bare.find(key) if key else -1
        stripped = bare.strip().strip("[]").split("=")[0].strip().strip("\"'")
        if start >= 0 and (stripped == key or stripped.endswith("." + key)):
            return number, start + 1, len(key)
    return 1, 1, 1


def _shown(source: str, name: str, line: int, column: int, width: int, message: str, hint: str) -> str:
    lines = source.splitlines() or [""]
    text = lines[line - 1] if line <= len(lines) else ""
    gutter = f"{line} | "
    caret = " " * (len(gutter) + column - 1) + "^" * max(width, 1)
    return f"{name}:{line}:{column}: {message}\n{gutter}{text}\n{caret}\nhint: {hint}"
