"""The operator's: the installation, helplines, audit log, complaints, mail to go out, long jobs."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from beside.space.models.people import Person
from beside.space.models.spaces import Space
from beside.space.sealed import SealedData, SealedText


class Installation(models.Model):
    """The one row of settings that the operator makes on the first run."""

    name = models.CharField(max_length=80, default="Beside")
    contact_email = models.EmailField(blank=True)
    safeguarding_name = models.CharField(max_length=80, blank=True)
    safeguarding_email = models.EmailField(blank=True)
    safeguarding_phone = models.CharField(max_length=40, blank=True)
    countries = models.JSONField(default=list)
    house_rules = models.TextField(blank=True)
    anyone_may_open = models.BooleanField(default=False)
    keep_declined_days = models.PositiveIntegerField(default=180)
    keep_held_days = models.PositiveIntegerField(default=365)
    keep_audit_days = models.PositiveIntegerField(default=730)
    grace_days = models.PositiveIntegerField(default=14)
    quick_exit = models.BooleanField(default=False)
    set_up_at = models.DateTimeField(null=True, blank=True)


class Helpline(models.Model):
    """A service to call or write to. Shown only once the operator has checked it."""

    country = models.CharField(max_length=2, db_index=True)
    service = models.CharField(max_length=120)
    for_whom = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    cost = models.CharField(max_length=80, blank=True)
    languages = models.CharField(max_length=120, blank=True)
    is_crisis = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)


class AuditEntry(models.Model):
    """One thing that was decided or looked at. Rows are added, never changed."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    space_ref = models.UUIDField(null=True, blank=True, db_index=True)
    message_ref = models.UUIDField(null=True, blank=True)
    host_ref = models.BigIntegerField(null=True, blank=True)
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=40)
    codes = models.JSONField(default=list)
    model = models.CharField(max_length=60, blank=True)
    policy = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("the audit log is only ever added to")
        super().save(*args, **kwargs)


class Complaint(models.Model):
    """A report or a complaint, from anybody; with what was done about it."""

    space = models.ForeignKey(
        Space, null=True, blank=True, on_delete=models.SET_NULL, related_name="complaints"
    )
    about_message = models.UUIDField(null=True, blank=True)
    about_update = models.UUIDField(null=True, blank=True)
    text = SealedText()
    reply_to = SealedText()
    made_at = models.DateTimeField(auto_now_add=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    outcome = SealedText()

    def key_id(self) -> bytes:
        return operators_key()  # it outlives the space that it is about


class Outbox(models.Model):
    """An e-mail that has to go out, once. The row is the truth: claimed with a lease, marked after sending.

    `key` is unique, so that asking twice sends once. `about` holds ids, never a text.
    """

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    to = SealedText()
    about = models.JSONField(default=dict)
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(db_index=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=40, blank=True)
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True, db_index=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    def key_id(self) -> bytes:
        return self.space.key_id() if self.space else operators_key()


class JobKind(models.TextChoices):
    """Long work that a worker does in pieces."""

    IMPORT = "import", _("import")
    EXPORT = "export", _("export")
    KEEPSAKE = "keepsake", _("keepsake book")


class Job(models.Model):
    """Long work and how far it is. `file` is a name in the private storage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="jobs")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    guest_ref = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=JobKind.choices)
    file = models.CharField(max_length=120, blank=True)
    options = SealedData()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=40, blank=True)
    tries = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def key_id(self) -> bytes:
        return self.space.key_id()


class Erasure(models.Model):
    """That something was erased: ids alone, so that a restore can erase it again."""

    what = models.CharField(max_length=20)
    ref = models.CharField(max_length=64)
    key = models.BinaryField(max_length=16, default=b"")
    at = models.DateTimeField(auto_now_add=True)


class OperatorKey(models.Model):
    """The id of the key that seals what belongs to no space."""

    key = models.BinaryField(max_length=16)


def operators_key() -> bytes:
    """That key's id, made when first asked for."""
    from beside.space.sealed import vault

    row = OperatorKey.objects.first() or OperatorKey.objects.create(key=vault().new_key())
    return bytes(row.key)


class Limit(models.Model):
    """A token bucket: how much of something is left for somebody. `who` is a hash."""

    who = models.CharField(max_length=64)
    what = models.CharField(max_length=40)
    left = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["who", "what"], name="one_bucket_each"),)
