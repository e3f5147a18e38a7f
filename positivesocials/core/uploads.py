"""Files sent along: only where an address takes one, only one, in memory and never on the disk."""

from io import BytesIO
from typing import Any

from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.urls import Resolver404, resolve

from positivesocials.core.http import View
from positivesocials.core.images import LARGEST_UPLOAD


def takes_file(view: View) -> View:
    """Requests to this view may carry one file. Below all other decorators, so that each passes it on."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


class InMemory(FileUploadHandler):
    """Reads a file to its end, so that the rest of the form is not lost, and keeps what is not too large.

    One that is too large comes out empty, and `size` says how large it was.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if not _is_taken(self.request.path_info if self.request else ""):
            raise TooManyFilesSent
        super().new_file(*args, **kwargs)
        self.data = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= LARGEST_UPLOAD:
            self.data.write(raw_data)
        else:
            self.data = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.data.seek(0)
        return InMemoryUploadedFile(
            self.data, self.field_name, self.file_name or "", self.content_type or "", file_size, self.charset
        )


def _is_taken(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "takes_file", False)
    except Resolver404:
        return False
