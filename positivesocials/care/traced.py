"""A text folded for comparing, where each place of it is still known in what was written."""

import unicodedata
from functools import cached_property

from positivesocials.care.plain import LONGEST
from positivesocials.core.wording import folded


class Traced:
    """`plain` is without case, accents and unseen marks; `place` leads back."""

    def __init__(self, text: str) -> None:
        self.written = text[:LONGEST]
        self._from: list[int] | None = None
        if self.written.isascii():
            self.plain = self.written.lower()
            return
        parts, origins = [], []
        for place, sign in enumerate(self.written):
            for letter in _folded(sign):
                parts.append(letter)
                origins.append(place)
        self.plain, self._from = "".join(parts)[:LONGEST], origins

    @cached_property
    def size(self) -> int:
        return len(self.plain)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where that part of `plain` stands in the text."""
        if self._from is None:
            return start, end
        return self._from[start], self._from[end - 1] + 1

    def as_written(self, start: int, end: int) -> str:
        begin, stop = self.place(start, end)
        return self.written[begin:stop]


def _folded(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    if sign.isspace():
        return " " if sign != "\u2028" else "\n"
    if unicodedata.category(sign) == "Pd":
        return "-"
    return folded(sign)
