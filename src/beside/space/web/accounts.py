"""How allauth makes accounts here: anybody may have one; it opens nothing by itself."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext

_FRESH = 15 * 60  # seconds


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Neutral subjects; no name of a site that could give somebody away."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return True

    def format_email_subject(self, subject: str) -> str:
        return subject

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002
        """Who came in a moment ago, by whatever way, need not prove it again to change a passkey."""
        found = get_authentication_records(self.request, self.request.user)
        return not found or time.time() - found[-1]["at"] > _FRESH


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A passkey is another way in and never a second lock: who loses the phone signs in by a mailed code."""

    def is_mfa_enabled(self, user: Any, types: Sequence[str] | None = None) -> bool:
        asked_as_second_factor = types is not None and Authenticator.Type.TOTP in types
        return not asked_as_second_factor and super().is_mfa_enabled(user, types)

    def generate_authenticator_name(self, user: Any, type: str) -> str:  # noqa: ARG002
        return gettext("A passkey")
