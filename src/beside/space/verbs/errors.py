"""What can go wrong, each with a sentence that may be shown to whoever asked."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A rule says no. `sentence` may be shown."""

    sentence: str | Promise = _("That is not possible.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        super().__init__()
        self.sentence = sentence or self.sentence


class NotAllowed(Refused):
    """Whoever asks has no right to it; shown as "not found", as if it did not exist."""


class Overtaken(Refused):
    """Somebody else decided in the meantime."""

    sentence = _("Somebody else has decided about this message in the meantime. Nothing was changed.")


class TooLong(Refused):
    """A text is longer than Beside takes."""

    sentence = _("This is longer than can be sent in one message. Please send it in two parts.")


class TakenDown(Refused):
    """The operator took it down."""

    sentence = _(
        "Whoever looks after this place has taken this down, so it cannot be shared again. "
        "You can write something new, or ask them about it."
    )
