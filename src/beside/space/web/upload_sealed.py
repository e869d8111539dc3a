"""How an export comes in: sealed while it is received, so that it never lies on the disk as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from beside.space.models import Space
from beside.space.verbs import sealed_file

# what the rest of a form takes up beside its file
_FORM = 100_000


class Sealed(UploadedFile):  # type: ignore[type-arg]
    """A file that came in; `sealed` is its name in the private storage."""

    def __init__(self, name: str, sealed: str, size: int) -> None:
        super().__init__(None, name, size=size)
        self.sealed = sealed


class Sealing(FileUploadHandler):
    """Seals every file of a request with the key of a space."""

    def __init__(self, request: HttpRequest, space: Space) -> None:
        super().__init__(request)
        self._space = space
        self._writer: sealed_file.Writer | None = None
        self.taken: list[str] = []

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._writer = sealed_file.Writer(self._space, sealed_file.new_name())
        self.taken.append(self._writer.name)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        if self._writer:
            self._writer.write(raw_data)

    def file_complete(self, file_size: int) -> Sealed | None:
        writer, self._writer = self._writer, None
        if writer is None:
            return None
        writer.close()
        return Sealed(self.file_name or "", writer.name, file_size)


@contextmanager
def sealing(request: HttpRequest, space: Space) -> Iterator[list[str]]:
    """While this lasts, files of the request are sealed as they come in. Take out of the list what is to
    stay; the rest goes at the end."""
    handler = Sealing(request, space)
    request.upload_handlers = [handler]
    try:
        yield handler.taken
    finally:
        for name in handler.taken:
            sealed_file.remove(name)


def is_too_large(request: HttpRequest, most: int) -> bool:
    """Whether more is announced than is taken; known before any of it is read."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > most + _FORM
