"""tox-block: an LSTM trained on the Jigsaw toxic comments, six kinds of toxicity."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bench.peers import Peer

_KINDS = ("toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate")


class Adapter(Peer):
    name = "tox-block"
    package = "tox-block"
    threshold = 0.5
    rule = "all six probabilities under 0.5 (its makers name no threshold)"

    def load(self) -> None:
        # Its weights are of Keras 2, which newer TensorFlow only reads through tf-keras.
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
        from tox_block.prediction import make_predictions

        self._predict = make_predictions

    def scores(self, texts: Sequence[str]) -> list[float]:
        # It refuses the empty string.
        found = self._predict([text or " " for text in texts])
        worst = (max(float(found[place][kind]) for kind in _KINDS) for place in range(len(texts)))
        return [min(1.0, max(0.0, 1.0 - toxic)) for toxic in worst]
