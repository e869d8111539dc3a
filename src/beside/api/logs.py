"""Structured logs: one JSON object a line, and never a text.

An exception is logged by its type and its places in the code. Its message and its locals are left out,
for they may hold what somebody wrote.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from types import TracebackType
from typing import TextIO

LOG = logging.getLogger("beside.api")
_OWN = "beside"


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; `record.beside` holds the fields of our own events."""
        line: dict[str, object] = {"time": _stamp(record.created), "level": record.levelname.lower()}
        fields = getattr(record, _OWN, None)
        if fields is None:
            # A library's own message: its pattern only, since its arguments may hold anything.
            fields = {"event": "note", "logger": record.name, "note": str(record.msg)}
        line.update(fields)
        if record.exc_info and record.exc_info[1]:
            line.update(fault(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=True, default=str)


def fault(problem: BaseException) -> dict[str, object]:
    """What may be told of an exception."""
    return {"fault": type(problem).__name__, "places": _places(problem.__traceback__)}


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-8:]
    return [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames]


def _stamp(seconds: float) -> str:
    return f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(seconds))}.{int(seconds % 1 * 1000):03d}Z"


def event(name: str, level: int = logging.INFO, /, **fields: object) -> None:
    """Logs one event of ours."""
    if LOG.isEnabledFor(level):
        LOG.log(level, name, extra={_OWN: {"event": name, **fields}})


def start(stream: TextIO | None = None) -> None:
    """Sends the logs of the API and its server to a stream (standard error) as lines of JSON."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Lines())
    for name in (LOG.name, "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)
