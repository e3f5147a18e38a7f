"""Words side by side, parted as the reader's language parts them."""

from collections.abc import Iterable

from django.utils.translation import pgettext


def comma() -> str:
    return pgettext("between two words of a list", ", ")


def listed(words: Iterable[object]) -> str:
    return comma().join(str(word) for word in words)
