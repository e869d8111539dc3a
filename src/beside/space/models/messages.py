"""What a guest writes back, and what becomes of it: one `Fate` for each host."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from beside.space.models.people import Person
from beside.space.models.spaces import Guest, Host, Moderator, OfSpace, Space
from beside.space.models.updates import Update
from beside.space.sealed import SealedData, SealedText


class Kind(models.TextChoices):
    """What a guest put before the host. Every kind but a tap passes the gate."""

    MESSAGE = "message", _("message")
    CANDLE = "candle", _("candle")
    HEART = "heart", _("heart")
    OFFER = "offer", _("offer of help")
    REQUEST = "request", _("request to be let in")
    IMPORTED = "imported", _("imported")


class State(models.TextChoices):
    """The states of a message's life for one host. Only `verbs.settle` writes them."""

    RECEIVED = "received", _("received")
    DELIVERED = "delivered", _("delivered")
    HELD = "held", _("held")
    DECLINED = "declined", _("declined")
    RETURNED = "returned", _("returned to its sender")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Message(OfSpace):
    """One message. Its text is that of its newest version; `sender` is the name that it goes under."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="messages")
    update = models.ForeignKey(
        Update, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    guest = models.ForeignKey(
        Guest, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MESSAGE)
    sender = SealedText()
    to_friend_first = models.BooleanField(default=False)
    help_on = models.DateField(null=True, blank=True)
    help_taken = models.BooleanField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)
    source_hash = models.CharField(max_length=64, blank=True, db_index=True)
    like_hash = models.CharField(max_length=64, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["space", "source_hash"], condition=~models.Q(source_hash=""), name="brought_once"
            ),
        )


class Version(OfSpace):
    """One wording of a message, and what the gate read in it."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    body = SealedText()
    reading = SealedData()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["message", "number"], name="one_version_a_number"),)


class By(models.TextChoices):
    """Who decided."""

    MACHINE = "machine", _("the gate")
    PERSON = "person", _("a person")
    SENDER = "sender", _("the sender")


class Fate(models.Model):
    """What became of a message for one host. `revision` rises with every change, so that the second of two
    people who decide at once is told. `shareable`: other guests may see it and learn nothing of her rules."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="fates")
    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="fates")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED, db_index=True)
    by = models.CharField(max_length=10, choices=By.choices, default=By.MACHINE)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    codes = models.JSONField(default=list)
    labels = models.JSONField(default=list)
    urgent = models.BooleanField(default=False)
    shareable = models.BooleanField(default=False)
    rules_version = models.PositiveIntegerField(default=0)
    model = models.CharField(max_length=60, blank=True)
    revision = models.PositiveIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "host"], name="one_fate_a_host"),)
        indexes = (models.Index(fields=["host", "state", "-decided_at"]),)


class Answer(OfSpace):
    """What a host answers a message: one tap or words."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="answers")
    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="answers")
    heart = models.BooleanField(default=False)
    body = SealedText()
    written_at = models.DateTimeField(auto_now_add=True)


class Note(OfSpace):
    """What one moderator leaves for the others."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="notes")
    message = models.ForeignKey(
        Message, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    moderator = models.ForeignKey(Moderator, null=True, on_delete=models.SET_NULL, related_name="notes")
    body = SealedText()
    written_at = models.DateTimeField(auto_now_add=True)


class Objection(OfSpace):
    """A sender's objection to what was decided. Never settled by whoever decided."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="objections")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="objections")
    why = SealedText()
    against = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    upheld = models.BooleanField(null=True, blank=True)
