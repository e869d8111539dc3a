"""How allauth makes accounts here: anybody may have one; it opens nothing by itself."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Neutral subjects; no name of a site that could give somebody away."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return True

    def format_email_subject(self, subject: str) -> str:
        return subject
