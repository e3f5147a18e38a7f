"""Editors translate guides: drafts beside the original, published once they say what the original does."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale

from positivesocials.accounts.models import Account
from positivesocials.articles import access, page_forms, selectors, translating
from positivesocials.articles.models import GuidePage
from positivesocials.articles.shelves import guides_in
from positivesocials.articles.translating import SUMMARY, TITLE, Piece
from positivesocials.core.refusals import Refused


@dataclass(frozen=True)
class Sent:
    """What an editor wrote, and what it was written beside.

    `version` is the draft they began from, 0 for none; `seen` the print of the original that they read.
    `same` are the changed sections whose translation they say still holds.
    """

    version: int
    seen: str
    words: Sequence[Piece]
    same: Collection[str] = field(default_factory=frozenset)


class ChangedMeanwhile(Refused):
    """Nothing was saved. What was typed is the sender's still."""


@transaction.atomic
def save(actor: Account, original: GuidePage, code: str, sent: Sent) -> GuidePage:
    """A draft, whatever it lacks: readers see nothing of it."""
    access.require_editor(actor)
    if sent.seen != translating.print_of(original.wording):
        raise ChangedMeanwhile(
            _(
                "The original changed while you were writing. Nothing was saved just now, and your words are "
                "still below, beside the original as it is now. Save them again when they fit."
            )
        )
    draft = _draft_to_write(original, code, sent.version)
    _fill(draft, original, sent)
    draft.save_revision(user=actor, log_action=True)
    if not draft.live:
        # What was never published shows in lists as it was last saved.
        draft.save()
    return draft


def publish(actor: Account, original: GuidePage, code: str) -> GuidePage:
    """What was saved last comes out, unless something stands against it."""
    access.require_editor(actor)
    page = selectors.translation_at_desk(original, code)
    revision: Any = page and page.get_latest_revision()
    if page is None or revision is None:
        raise Refused(_("Nothing is saved in this language yet."))
    # The role is the gate, which was asked; the groups of Wagtail follow it only at the desk.
    revision.publish(user=actor, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def _draft_to_write(original: GuidePage, code: str, version: int) -> GuidePage:
    page = selectors.translation_at_desk(original, code)
    if page is None:
        return _begun(original, code)
    if newer := page_forms.newer_than(page.pk, version or None):
        raise ChangedMeanwhile(_overtaken(page_forms.name_of_writer(newer)))
    draft: GuidePage = page.get_latest_revision_as_object()
    return draft


def _begun(original: GuidePage, code: str) -> GuidePage:
    page = GuidePage(
        title=original.title,
        slug=original.slug,
        summary=original.summary,
        text=original.text,
        kind=original.kind,
        review_due_on=original.review_due_on,
        translation_key=original.translation_key,
        live=False,
        has_unpublished_changes=True,
    )
    try:
        with transaction.atomic():
            shelf = guides_in(code)
            page.locale = Locale.objects.get(language_code=code)
            shelf.add_child(instance=page)
    except IntegrityError as error:
        raise ChangedMeanwhile(_overtaken("")) from error
    return page


def _overtaken(who: str) -> str:
    words = _(
        "%(who)s saved this translation while you were writing. Nothing was saved just now, and your words "
        "are still below, with theirs beside them where they differ. Save again to put yours in their place."
    )
    return words % {"who": who or _("Somebody else")}


def _fill(draft: GuidePage, original: GuidePage, sent: Sent) -> None:
    words = {piece.key: piece for piece in sent.words}
    sections = [_written(piece, words.get(piece.key)) for piece in original.wording.pieces()]
    # Of a page that was only just begun, nothing was translated before.
    draft.translated_from = _translated_from(draft if draft.translated_from else None, original, sent)
    draft.title = _body(words, TITLE) or original.title
    draft.summary = _body(words, SUMMARY) or original.summary
    draft.text = translating.joined(sections)
    draft.slug, draft.kind, draft.conditions = original.slug, original.kind, original.conditions
    draft.sources = [("source", _copied(block.value)) for block in original.sources]
    if not draft.is_reviewed:
        draft.review_due_on = original.review_due_on


def _body(words: dict[str, Piece], key: str) -> str:
    return words[key].body if key in words else ""


def _written(piece: Piece, words: Piece | None) -> Piece:
    """Under the original's heading while it has none of its own."""
    return Piece(piece.key, (words and words.heading) or piece.heading, words.body if words else "")


def _copied(source: dict[str, str]) -> dict[str, str]:
    return {name: str(source.get(name) or "") for name in ("key", "title", "publisher", "url", "date")}


def _translated_from(before: GuidePage | None, original: GuidePage, sent: Sent) -> dict[str, str]:
    """A section that changed counts as translated once its words change, or somebody says they hold."""
    now = translating.prints(original.wording)
    if before is None:
        return now
    pairs, _gone = translating.paired(original.wording, before.wording, before.translated_from)
    written = {piece.key: (piece.heading, piece.body) for piece in sent.words}
    stale = {
        pair.key
        for pair in pairs
        if pair.has_changed and pair.key not in sent.same and _is_as_before(pair, written.get(pair.key))
    }
    old = before.translated_from
    return {key: old.get(key, "") if key in stale else mark for key, mark in now.items()}


def _is_as_before(pair: translating.Pair, written: tuple[str, str] | None) -> bool:
    return pair.words is not None and written == (pair.words.heading, pair.words.body)
