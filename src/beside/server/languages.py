"""The languages that Beside has been translated into."""

from __future__ import annotations

from pathlib import Path

from django.conf.locale import LANG_INFO
from django.utils.translation import to_language


def languages(folder: Path) -> list[tuple[str, str]]:
    """Code and own name of each language with a compiled catalogue in `folder`, laid out as gettext does."""
    codes = sorted(to_language(file.parents[1].name) for file in folder.glob("*/LC_MESSAGES/django.mo"))
    return [(code, str(LANG_INFO.get(code, {}).get("name_local", code))) for code in codes]
