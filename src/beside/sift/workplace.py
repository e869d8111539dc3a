"""The folder of a run: begun, gone on with, finished, and never overwritten unasked.

Everything is made in `OUT/.sift` and moved into `OUT` at the end by renaming. `plan.json`, written
first and removed first, says that a run is under way and of what; `moving.json` that all is made and
only the renaming is left.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import IO

from beside.exports import Json
from beside.sift.errors import AlreadyFinishedError, BusyError, ChangedError

if sys.platform != "win32":
    import fcntl

_OURS = re.compile(r"report(-\d+)?\.html|delivered|for-a-friend")


class Workplace:
    """`OUT` and what is under way in it. `made` is where the outputs are put together."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out / ".sift"
        self.made = self.folder / "made"
        self._plan = self.folder / "plan.json"
        self._moving = self.folder / "moving.json"
        self._lock: IO[bytes] | None = None

    @property
    def all_made(self) -> bool:
        """Whether only the renaming is left to do."""
        return self._moving.exists()

    def begin(self, plan: dict[str, Json], *, overwrite: bool) -> None:
        """Take the folder for this plan, going on if the same plan is under way in it."""
        self._take_lock()
        try:
            self._may_begin(plan, overwrite=overwrite)
        except (AlreadyFinishedError, ChangedError):
            self.leave()
            raise
        if self._under_way() != plan:
            self._clear()
            _write(self._plan, plan)

    def _may_begin(self, plan: dict[str, Json], *, overwrite: bool) -> None:
        under_way = self._under_way()
        if under_way is None and self._results() and not overwrite:
            # Here may be what a finished run left when it was killed while it tidied up.
            self._tidy()
            raise AlreadyFinishedError(
                f"{self.out} already holds a finished result. Choose another folder, or say --overwrite to "
                "replace it."
            )
        if under_way is not None and under_way != plan and not overwrite:
            raise ChangedError(
                f"{self.out} holds an unfinished run, and {_difference(under_way, plan)}. Choose another "
                "folder, or say --overwrite to start afresh."
            )

    def start_making(self) -> None:
        """An empty folder to make the outputs in."""
        shutil.rmtree(self.made, ignore_errors=True)
        self.made.mkdir()

    def finish(self) -> None:
        """Move what was made into place, whatever an earlier try has moved already, and tidy up."""
        if not self._moving.exists():
            for path in self.made.rglob("*"):
                _sync(path)
            names_made: list[Json] = [path.name for path in sorted(self.made.iterdir())]
            _write(self._moving, {"names": names_made})
        names = set(json.loads(self._moving.read_text(encoding="utf-8"))["names"])
        replaced = self.folder / "replaced"
        replaced.mkdir(exist_ok=True)
        for name in [name for name in self._results() if name not in names or (self.made / name).exists()]:
            (self.out / name).rename(replaced / name)
        for name in sorted(names):
            if (self.made / name).exists():
                (self.made / name).rename(self.out / name)
        _sync(self.out)
        self._plan.unlink()
        self._tidy()
        self.leave()

    def leave(self) -> None:
        """Let others in."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _tidy(self) -> None:
        shutil.rmtree(self.folder)

    def _under_way(self) -> dict[str, Json] | None:
        if not self._plan.exists():
            return None
        plan: dict[str, Json] = json.loads(self._plan.read_text(encoding="utf-8"))
        return plan

    def _results(self) -> list[str]:
        """The names of results that lie in the folder."""
        found = self.out.iterdir() if self.out.is_dir() else ()
        return sorted(path.name for path in found if _OURS.fullmatch(path.name))

    def _take_lock(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = (self.folder / "lock").open("wb")
        try:
            _lock(self._lock)
        except OSError:
            self.leave()
            raise BusyError(f"Another beside sift is at work in {self.out}. Wait until it is done.") from None

    def _clear(self) -> None:
        """Forget what was under way; its plan first, so that half of it is never taken for all."""
        self._plan.unlink(missing_ok=True)
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name != "lock":
                path.unlink()


def _lock(file: IO[bytes]) -> None:
    """Lock out other processes until `file` is closed, or this process ends; not on Windows."""
    if sys.platform != "win32":
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _difference(old: dict[str, Json], new: dict[str, Json]) -> str:
    changed = [name for name in new if old.get(name) != new[name]]
    what = {
        "files": "its files are not the same any more",
        "policy": "its policy is not the same any more",
        "model": "its model is not the same any more",
        "text_column": "its --text-column is not the same any more",
    }
    return next((what[name] for name in what if name in changed), "it was begun by another version of Beside")


def _write(path: Path, data: dict[str, Json]) -> None:
    """Write all or nothing."""
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    """Make what was written to a file, or renamed in a folder, survive a power cut."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
