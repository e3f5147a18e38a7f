"""Keeping the documents as what is public: the only code that writes this context's rows."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from positivesocials.core import wording
from positivesocials.core.jobs import every
from positivesocials.core.public_texts import PublicText
from positivesocials.core.refusals import Refused
from positivesocials.search import folding, groups_of_words, sources, weighing
from positivesocials.search.models import Document, Head, WordGroup
from positivesocials.search.sources import Source

SHIPPED = Path(__file__).parent / "content" / "words.txt"
AT_ONCE = 200
TITLE_LENGTH = 300
# What each source moved with when this process compared it last.
_followed: dict[str, Hashable] = {}
WORDS = ("language", "category", "title", "headings", "summary", "text", "terms", "words")


class ChangedMeanwhile(Refused):
    """Another editor was quicker. `words` are what stands there now."""

    def __init__(self, words: str) -> None:
        self.words = words
        told = _(
            "Another editor changed this group while you wrote. It now says: %s. Yours is below, not saved "
            "yet: saving it again puts it in place of theirs."
        )
        super().__init__(told % (words or "…"))


def note_change(kind: str, item_id: str) -> None:
    """What is no longer public is out of the index at once; what is, is looked at by the next chore."""
    source = sources.source_of(kind)
    if source is None:
        return
    if source.lines([item_id]):
        Document.objects.bulk_create(
            [Document(kind=kind, source_id=item_id, is_due=True)],
            update_conflicts=True,
            unique_fields=["kind", "source_id"],
            update_fields=["is_due"],
        )
    else:
        forget(kind, [item_id])


@every(seconds=5)
def index_what_is_due() -> None:
    """Documents of what changed a moment ago. All of them, where the rule of weighing is another one."""
    if Head.objects.filter(rule=weighing.RULE).exists():
        index_due()
        for source in sources.all_sources():
            _follow(source)
    else:
        rebuild()


def _follow(source: Source) -> None:
    """Texts that changed with something else, such as the facts that they print."""
    moved = source.moves_with() if source.moves_with else None
    if _followed.get(source.kind) != moved:
        _compare(source)
        _followed[source.kind] = moved


@every(seconds=3600, takes_long=True)
def compare_with_sources() -> None:
    """Whatever no hook told of: rows written past it, a restored copy."""
    catch_up()


def catch_up() -> int:
    """Index what is due and what differs from its source; says how many."""
    if not Head.objects.filter(rule=weighing.RULE).exists():
        return rebuild()
    return index_due() + sum(_compare(source) for source in sources.all_sources())


def size() -> int:
    """How many texts are public now."""
    return sum(len(source.stamps()) for source in sources.all_sources())


def index_due() -> int:
    """Make the documents anew that are due; says how many."""
    done = 0
    for source in sources.all_sources():
        due = Document.objects.filter(kind=source.kind, is_due=True).order_by("source_id")
        while ids := list(due.values_list("source_id", flat=True)[:AT_ONCE]):
            _renew(source, ids)
            done += len(ids)
    return done


@transaction.atomic
def _renew(source: Source, ids: Sequence[str]) -> None:
    texts, stamps = _read(source, ids)
    forget(source.kind, set(ids) - {text.id for text in texts})
    _write(source, texts, stamps=stamps, number=_next_number())


def _read(source: Source, ids: Sequence[str]) -> tuple[Sequence[PublicText], Mapping[str, str]]:
    """No longer due before the texts are read: a change that comes later makes them due again.

    Stamps are read before them too: a text that changes in between keeps an old one, and the next comparison
    finds it.
    """
    Document.objects.filter(kind=source.kind, source_id__in=ids).update(is_due=False)
    stamps = source.stamps()
    return source.texts(ids), stamps


def forget(kind: str, ids: Iterable[str]) -> None:
    """Nothing of these is found from now on. The emptied rows tell every process so."""
    rows = Document.objects.filter(kind=kind, source_id__in=list(ids)).exclude(terms="", is_due=False)
    with transaction.atomic():
        if rows.update(is_due=False):
            kept = Document.objects.filter(kind=kind, source_id__in=list(ids))
            kept.update(**dict.fromkeys(WORDS, ""), dated_on=None, number=_next_number())


def rebuild(step: Callable[[int], object] = lambda count: None) -> int:
    """Make every document anew from what is public now; says how many. Searches go on meanwhile.

    Each process takes the new ones over in the end, by the next generation: not once a batch.
    """
    number, count = _head().number, 0
    for source in sources.all_sources():
        ids = sorted(source.stamps())
        for start in range(0, len(ids), AT_ONCE):
            with transaction.atomic():
                texts, stamps = _read(source, ids[start : start + AT_ONCE])
                _write(source, texts, stamps=stamps, number=number)
            count += len(texts)
            step(len(texts))
        gone = set(Document.objects.filter(kind=source.kind).values_list("source_id", flat=True)) - set(ids)
        Document.objects.filter(kind=source.kind, source_id__in=list(gone)).delete()
    Head.objects.update(generation=F("generation") + 1, rule=weighing.RULE)
    return count


def _compare(source: Source) -> int:
    stamps = source.stamps()
    known = Document.objects.filter(kind=source.kind).exclude(terms="", is_due=False)
    kept = dict(known.values_list("source_id", "stamp"))
    forget(source.kind, kept.keys() - stamps.keys())
    other = [item_id for item_id, stamp in stamps.items() if kept.get(item_id) != stamp]
    for start in range(0, len(other), AT_ONCE):
        _renew(source, other[start : start + AT_ONCE])
    return len(other)


def _write(source: Source, texts: Sequence[PublicText], *, stamps: Mapping[str, str], number: int) -> None:
    rows = [_document(source, text, number=number, stamp=stamps.get(text.id, "")) for text in texts]
    Document.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "source_id"],
        update_fields=[*WORDS, "dated_on", "stamp", "number", "is_due"],
    )


def _document(source: Source, text: PublicText, *, number: int, stamp: str) -> Document:
    fields = weighing.Fields(text.title, text.headings, text.summary, text.text)
    whole = " ".join((text.title, text.headings, text.summary, text.text))
    right = {word.lower() for word in folding.WORD.findall(whole)} if source.is_checked else set()
    return Document(
        kind=source.kind,
        source_id=text.id,
        language=text.language,
        category=text.category,
        dated_on=text.dated_on,
        title=text.title[:TITLE_LENGTH],
        headings=text.headings,
        summary=text.summary,
        text=text.text,
        terms=weighing.written(weighing.weigh(fields)),
        words=" ".join(sorted(right)),
        number=number,
        stamp=stamp,
    )


def _head() -> Head:
    return Head.objects.get_or_create(only=1)[0]


def _next_number() -> int:
    """Inside the transaction that writes what it counts, after its other rows: order is commit order."""
    _head()
    Head.objects.update(number=F("number") + 1)
    return Head.objects.get().number


def load_words() -> int:
    """The groups of words that ship with the site; says how many changed.

    Those that editors changed or removed belong to the editors and are left alone.
    """
    with transaction.atomic():
        changed = sum(_load(key, words) for key, words in shipped_words().items())
        if changed:
            _next_number()
    return changed


def shipped_words() -> dict[str, str]:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(":", 1) for line in lines if line.strip() and not line.startswith("#"))
    return {key.strip(): ", ".join(groups_of_words.split(words)) for key, words in pairs}


def _load(key: str, words: str) -> int:
    if WordGroup.objects.filter(shipped=key).exists():
        old = WordGroup.objects.filter(shipped=key, is_touched=False).exclude(words=words)
        return old.update(words=words)
    WordGroup.objects.create(shipped=key, words=words)
    return 1


@transaction.atomic
def add_words(words: str) -> WordGroup:
    """A new group of words that mean the same. At once for everybody who searches."""
    group = WordGroup.objects.create(words=_several(words), is_touched=True)
    _next_number()
    return group


@transaction.atomic
def change_words(group: WordGroup, words: str, *, seen: str) -> None:
    """They mean the same from now on. Refused where another editor changed what was seen."""
    rows = WordGroup.objects.filter(pk=group.pk)
    if not rows.filter(words=seen).update(words=_several(words), is_touched=True):
        raise ChangedMeanwhile(rows.values_list("words", flat=True).first() or "")
    _next_number()


@transaction.atomic
def remove_words(group: WordGroup) -> None:
    """It means nothing any more. Of one that shipped an empty row stays, so that no update brings it back."""
    if group.shipped:
        WordGroup.objects.filter(pk=group.pk).update(words="", is_touched=True)
    else:
        WordGroup.objects.filter(pk=group.pk).delete()
    _next_number()


def _several(words: str) -> str:
    found = list(dict.fromkeys(groups_of_words.split(wording.harmless(words))))
    if len(found) < 2:
        raise Refused(_("A group needs two words or more, with a comma between them."))
    if not any(folding.WORD.search(word) and not word.startswith(groups_of_words.WRONG) for word in found):
        raise Refused(_("A group needs at least one word that is spelled right."))
    return ", ".join(found)
