"""How a photo comes in: held in memory, never in a temporary file, and stopped as soon as it is too large."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from beside.photo import MOST_BYTES

FIELD = "photo"


class PhotoUpload(FileUploadHandler):
    """Takes the field `photo` of any form; every other file goes to the handlers after it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._file = io.BytesIO()
        if self.field_name == FIELD:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        if self.field_name != FIELD:
            return raw_data
        if self._file.tell() + len(raw_data) > MOST_BYTES:
            raise RequestDataTooBig("a photo is too large")
        self._file.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if self.field_name != FIELD:
            return None
        self._file.seek(0)
        return InMemoryUploadedFile(
            self._file, self.field_name, "photo", self.content_type, file_size, None, None
        )
