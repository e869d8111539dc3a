"""Spaces, and who is what in them."""

from __future__ import annotations

import logging
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from beside.gate import Policy, PolicyError
from beside.space.models.people import Notices, Person
from beside.space.sealed import SealedData, SealedText

logger = logging.getLogger(__name__)


class Words(models.TextChoices):
    """What the host calls whom she lost."""

    BABY = "baby", _("my baby")
    SON = "son", _("my son")
    DAUGHTER = "daughter", _("my daughter")
    NAME = "name", _("by name")
    NONE = "none", _("no word, just the loss")


class Space(models.Model):
    """One place for one loss. `key` is the id of its key in the keystore."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.BinaryField(max_length=16)
    title = SealedText()
    words = models.CharField(max_length=10, choices=Words.choices, default=Words.BABY)
    baby_name = SealedText()
    dates = SealedText()
    country = models.CharField(max_length=2, blank=True)
    nobody_reads = models.BooleanField(default=False)
    nobody_reads_since = models.DateTimeField(null=True, blank=True)
    volunteer_allowed = models.BooleanField(default=False)
    quick_exit = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    erase_after = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def key_id(self) -> bytes:
        return bytes(self.key)


class OfSpace(models.Model):
    """A row that belongs to a space and is sealed with its key."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True

    def key_id(self) -> bytes:
        return self.space.key_id()


class Host(OfSpace):
    """A bereaved person in a space, with rules and a reading state of her own."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="hosted")
    name = SealedText()
    rules = SealedData()
    rules_version = models.PositiveIntegerField(default=1)
    paused_since = models.DateTimeField(null=True, blank=True)
    quiet_opened_at = models.DateTimeField(null=True, blank=True)
    alert_agreed = models.BooleanField(default=False)
    alert_name = SealedText()
    alert_email = SealedText()
    left_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    wants_erasure = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["space", "person"], name="one_host_a_person"),)

    @property
    def policy(self) -> Policy:
        """Her rules; defaults where she decided nothing yet. Stored rules that cannot be read let nothing
        through: what she chose is not known, so a friend reads first."""
        try:
            return Policy.from_dict(self.rules)
        except PolicyError:
            logger.exception("the rules of host %s cannot be read: nothing is delivered", self.pk)
            return Policy.from_dict({"preset": "quiet"})


class HostInvitation(OfSpace):
    """The other parent, asked by mail to host too. Only the hash of the link's token is kept."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="host_invitations")
    by = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="+")
    name = SealedText()
    email = SealedText()
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_expires = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)


class Moderator(OfSpace):
    """A friend who reads first."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="moderators")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="moderates"
    )
    name = SealedText()
    email = SealedText()
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_expires = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)


class Circle(OfSpace):
    """Some guests, by the host's own name for them."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="circles")
    name = SealedText()


class Guest(OfSpace):
    """Somebody let in, by a link of their own or after asking. Only the hash of the link's token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="guests")
    name = SealedText()
    email = SealedText()
    circles = models.ManyToManyField(Circle, blank=True, related_name="guests")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_expires = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    let_in_at = models.DateTimeField(null=True, blank=True)
    first_came_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    blocked_at = models.DateTimeField(null=True, blank=True)
    session_version = models.PositiveIntegerField(default=1)
    country = models.CharField(max_length=2, blank=True)
    notices = models.CharField(max_length=10, choices=Notices.choices, default=Notices.AT_ONCE)
    unsubscribe_hash = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    @property
    def is_in(self) -> bool:
        return self.let_in_at is not None and self.revoked_at is None
