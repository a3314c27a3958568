"""Files on their way in: one that is too large is dropped as soon as it shows, the rest of its form stays."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from klimaplan.web.plans.evidence import store

OVERSIZED = "klimaplan.oversized"
"""Where a request says that a file of it was dropped."""


class NoLargerThanKept(FileUploadHandler):
    """Goes before the handlers that keep files: a disc must not be filled by what is refused anyway."""

    def new_file(self, *given: Any, **named: Any) -> None:
        super().new_file(*given, **named)
        self._seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._seen += len(raw_data)
        if self._seen > store.largest() and self.request is not None:
            self.request.META[OVERSIZED] = self.field_name
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""


def was_oversized(request: HttpRequest) -> bool:
    return OVERSIZED in request.META
