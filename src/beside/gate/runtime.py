"""What every model needs to run here: a session on one thread, word pieces, and a memory of what it said."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

import onnxruntime as ort
from tokenizers import Tokenizer

CLS, SEP = 101, 102
Found = TypeVar("Found")


def session(model: bytes) -> ort.InferenceSession:
    """A session that runs one text at a time on the thread that asks."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = True
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def word_pieces(content: bytes) -> Tokenizer:
    """The tokenizer of a file's content, without padding or truncation."""
    pieces = Tokenizer.from_buffer(content)
    pieces.no_padding()
    pieces.no_truncation()
    return pieces


class Memory(Generic[Found]):
    """The `size` answers that were asked for last; `len` is how many there are. Safe to use from several
    threads; two that ask for the same new thing at once both look it up."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._known: OrderedDict[str, Found] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, key: str, look: Callable[[], Found]) -> Found:
        """What is known under a key, or else what `look` finds."""
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known
        found = look()
        with self._lock:
            self._known[key] = found
            if len(self._known) > self._size:
                self._known.popitem(last=False)
        return found
