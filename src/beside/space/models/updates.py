"""What a host shares."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from beside.space.models.spaces import Circle, Host, OfSpace, Space
from beside.space.sealed import SealedText


class Audience(models.TextChoices):
    """Who may read an update."""

    ONLY_ME = "only_me", _("Only me")
    CIRCLES = "circles", _("Some of my people")
    GUESTS = "guests", _("Everybody I let in")
    LINK = "link", _("Anyone with the link")


class Update(OfSpace):
    """One telling, in a space. A draft has neither `publish_at` nor `published_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="updates")
    host = models.ForeignKey(Host, null=True, on_delete=models.SET_NULL, related_name="updates")
    body = SealedText()
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.GUESTS)
    circles = models.ManyToManyField(Circle, blank=True, related_name="updates")
    shares_replies = models.BooleanField(default=False)
    anonymous = models.BooleanField(default=False)
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)


class Photo(OfSpace):
    """A re-encoded photo; the original is never kept. `file` is its own random name in the storage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="photos")
    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="photos")
    file = models.CharField(max_length=64, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    alt = SealedText()
    covered = models.BooleanField(default=True)
    cover_words = SealedText()
    created_at = models.DateTimeField(auto_now_add=True)
