"""The models: data and nothing else. Rules are in `beside.space.verbs`."""

from beside.space.models.messages import Answer, By, Fate, Kind, Message, Note, Objection, State, Version
from beside.space.models.operation import (
    AuditEntry,
    Complaint,
    Erasure,
    Helpline,
    Installation,
    Job,
    JobKind,
    Limit,
    OperatorKey,
    Outbox,
)
from beside.space.models.people import Notices, Person
from beside.space.models.spaces import Circle, Guest, Host, HostInvitation, Moderator, Space, Words
from beside.space.models.updates import Audience, Photo, Update

__all__ = [
    "Answer",
    "Audience",
    "AuditEntry",
    "By",
    "Circle",
    "Complaint",
    "Erasure",
    "Fate",
    "Guest",
    "Helpline",
    "Host",
    "HostInvitation",
    "Installation",
    "Job",
    "JobKind",
    "Kind",
    "Limit",
    "Message",
    "Moderator",
    "Note",
    "Notices",
    "Objection",
    "OperatorKey",
    "Outbox",
    "Person",
    "Photo",
    "Space",
    "State",
    "Update",
    "Version",
    "Words",
]
