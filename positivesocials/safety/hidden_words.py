"""Words that somebody does not want to meet unasked: their list, and what has one of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import Refused
from positivesocials.core.wording import tokens
from positivesocials.safety.models import HiddenWords

MOST, LONGEST = 1000, 80


class Hidden:
    """Knows whether a text has one of the words: whole words, in any case, with or without accents.

    Made once for a page. What it costs to look grows with the text, and not with the list.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._phrases: set[tuple[str, ...]] = {parts for word in words if (parts := tuple(tokens(word)))}
        self._lengths: dict[str, set[int]] = {}
        for phrase in self._phrases:
            self._lengths.setdefault(phrase[0], set()).add(len(phrase))

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def is_in(self, text: str | None) -> bool:
        if not self._phrases or not text:
            return False
        said = tokens(text)
        # Most texts have not even the first word of any phrase.
        if self._lengths.keys().isdisjoint(said):
            return False
        return any(self._begins_at(said, place) for place, word in enumerate(said) if word in self._lengths)

    def _begins_at(self, said: list[str], place: int) -> bool:
        lengths = self._lengths[said[place]]
        return any(tuple(said[place : place + length]) in self._phrases for length in lengths)


def row_of(account: Account) -> HiddenWords | None:
    """For a page that opens it with everything else."""
    return HiddenWords.objects.filter(account=account).first()


def words_of(account: Account) -> list[str]:
    row = row_of(account)
    return list(row.words or ()) if row else []


def hidden_for(account_id: UUID | None) -> Hidden:
    """What this account hides: nothing, unless it wrote a list."""
    row = HiddenWords.objects.filter(account=account_id).first() if account_id else None
    return Hidden(row.words or () if row else ())


def save(account: Account, words: Iterable[str]) -> None:
    """From now on, and for what was written before, messages with one of these are put aside."""
    kept = tidy(words)
    if refusal := refusal_of(kept):
        raise Refused(refusal)
    if not kept:
        HiddenWords.objects.filter(account=account).delete()
        return
    try:
        _keep(account, kept)
    except IntegrityError:  # Another page of theirs was first: theirs is the same row.
        _keep(account, kept)


@transaction.atomic
def _keep(account: Account, words: list[str]) -> None:
    row = HiddenWords.objects.filter(account=account).first() or HiddenWords(account=account)
    row.words = words
    row.save()


def tidy(words: Iterable[str]) -> list[str]:
    """Each once, as it was first written; what has no word or sign in it is left out."""
    by_tokens: dict[tuple[str, ...], str] = {}
    for word in words:
        if parts := tuple(tokens(word)):
            by_tokens.setdefault(parts, " ".join(word.split()))
    return list(by_tokens.values())


def refusal_of(words: list[str]) -> str:
    """Why these cannot be kept; empty if they can."""
    if len(words) > MOST:
        return _("A list can have 1,000 entries, and this one has %(number)s.") % {"number": len(words)}
    if too_long := [word for word in words if len(word) > LONGEST]:
        sentence = ngettext(
            "One entry is longer than 80 characters: %(entry)s",
            "Some entries are longer than 80 characters, as %(entry)s",
            len(too_long),
        )
        return sentence % {"entry": f"{too_long[0][:30]}…"}
    return ""
