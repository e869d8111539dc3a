"""Model fields whose values are sealed at rest (see `beside.space.vault`)."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from beside.space.vault import KeyGone, Vault

if TYPE_CHECKING:
    _Binary = models.BinaryField[Any, Any]
else:
    _Binary = models.BinaryField


@cache
def vault() -> Vault:
    """The one vault of this process, where the settings say."""
    return Vault(Path(settings.BESIDE_KEYSTORE), Path(settings.BESIDE_MASTER_KEY))


class SealedText(_Binary):
    """Text that is sealed with the key of its row's space; `None` and "" stay what they are.

    Its model has `key_id()`, the id of the space's key. Once the key is destroyed the text reads as "".
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", "")
        kwargs.setdefault("blank", True)
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, kwargs

    @property
    def _place(self) -> str:
        return f"{self.model._meta.model_name}.{self.attname}"

    def _check_str_default_value(self) -> list[Any]:
        return []  # text is what these fields hold, until they are stored

    def get_default(self) -> Any:
        return self.default() if callable(self.default) else self.default

    def from_db_value(self, value: Any, *_: object) -> Any:
        if value is None:
            return None
        value = bytes(value)
        if not value:
            return self._as_python("")
        try:
            return self._as_python(vault().unseal(value, self._place).decode())
        except KeyGone:
            return self._as_python("")

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002  Django's signature
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        text = self._as_text(value)
        if not text:
            return b""
        return vault().seal(model_instance.key_id(), text.encode(), self._place)  # type: ignore[attr-defined]

    def value_to_string(self, obj: models.Model) -> str:
        raise NotImplementedError("sealed values are not serialised; use the export")

    def to_python(self, value: Any) -> Any:
        return value

    def _as_text(self, value: Any) -> str:
        return str(value)

    def _as_python(self, text: str) -> Any:
        return text


class SealedData(SealedText):
    """Plain data (what JSON holds), sealed in the same way; what cannot be opened reads as {}."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        super().__init__(*args, **kwargs)

    def _as_text(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""

    def _as_python(self, text: str) -> Any:
        return json.loads(text) if text else {}
