"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from beside import Gate


def machine() -> list[tuple[str, str]]:
    """Name and value of everything that a reader needs to judge a speed."""
    return [
        ("processor", _processor()),
        ("cores that this run may use", str(_cores())),
        ("memory", _memory()),
        ("system", f"{platform.system()} {platform.release()}, {platform.machine()}"),
        ("Python", platform.python_version()),
        *((package, _version(package)) for package in ("numpy", "onnxruntime", "tokenizers", "scikit-learn")),
        ("tensorflow (tox-block)", _version("tensorflow")),
        ("Beside", f"{_version('beside')}, model {Gate().model}"),
        ("load average when it began", f"{os.getloadavg()[0]:.1f}"),
    ]


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", about.read_text(encoding="utf-8")) if about.exists() else None
    return found[1] if found else platform.processor() or "unknown"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
