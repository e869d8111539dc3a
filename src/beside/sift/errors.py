"""Why a run cannot start, in words that say what to do."""

from __future__ import annotations


class SiftError(Exception):
    """A run that cannot start; the message says what to do about it."""


class AlreadyFinishedError(SiftError):
    """The folder holds the result of a run that is done."""


class ChangedError(SiftError):
    """The folder holds an unfinished run of something else."""


class BusyError(SiftError):
    """Another process is at work in the folder."""
