"""Blocks that a guide names on a line alone: `{{table testing hiv}}`, `{{list news hiv}}`, `{{window hiv}}`.

All of it is made from confirmed claims and escaped here. Where bodies disagree they stand side by side.
A picture stands on a line alone too, as Markdown has it: `![](picture:KEY)`. Between the brackets a
translation says in its own words what the picture shows, and behind the key what stands below it.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from positivesocials.articles import windows
from positivesocials.articles.sourcing import Book, by_value, name_of, names, who_says
from positivesocials.claims.printing import in_words
from positivesocials.claims.selectors import Fact

DIRECTIVE = re.compile(r"\{\{ *(table|list|window) +([a-z0-9_ -]+?) *\}\}")
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PICTURE = re.compile(rf'^ *!\[([^\[\]{{}}\n]*)\]\(picture:({UUID})(?: "([^"{{}}\n]*)")?\) *$', re.MULTILINE)
# What looks like one, whatever is wrong with it.
ANY_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(picture:[^)\n]*\)?|\(picture:[^)\n]*\)?")


@dataclass(frozen=True)
class Shape:
    """How a topic is told as a table."""

    caption: Promise
    about: Promise
    value: Promise


TABLES: Mapping[str, Shape] = {
    "testing": Shape(
        gettext_lazy("%(condition)s: when a test settles it"),
        gettext_lazy("Test"),
        gettext_lazy("Settles it after contact"),
    ),
    "treatment": Shape(
        gettext_lazy("%(condition)s: treatment that guidelines name"),
        gettext_lazy("For"),
        gettext_lazy("Treatment"),
    ),
    "partners": Shape(
        gettext_lazy("%(condition)s: which partners should know"),
        gettext_lazy("When"),
        gettext_lazy("Partners"),
    ),
    "numbers": Shape(
        gettext_lazy("%(condition)s in numbers"),
        gettext_lazy("What was counted"),
        gettext_lazy("Number"),
    ),
}
WINDOW_TOPICS = ["seen", "testing"]
LISTS = {"u-equals-u", "news"}


@dataclass(frozen=True)
class Directive:
    """One such line. `kind` is table, list or window."""

    kind: str
    topic: str
    subjects: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        topics = {"table": set(TABLES), "list": LISTS, "window": {""}}[self.kind]
        count = len(self.subjects)
        fits = count >= 1 if self.kind == "window" else count == 1
        return fits and self.topic in topics and all(subject in names() for subject in self.subjects)

    @property
    def drawn_from(self) -> list[tuple[str, str]]:
        """Each condition with each topic whose facts it prints."""
        topics = WINDOW_TOPICS if self.kind == "window" else [self.topic]
        return [(subject, topic) for subject in self.subjects for topic in topics]

    def prints(self, subject: str, topic: str) -> bool:
        return (subject, topic) in self.drawn_from


def parse(kind: str, words: str) -> Directive:
    named = words.split()
    if kind == "window":
        return Directive(kind, "", tuple(named))
    return Directive(kind, named[0], tuple(named[1:]))


def render(directive: Directive, book: Book) -> str:
    """Its block. With nothing confirmed one calm sentence, and nothing for a line that nobody understands."""
    if not directive.is_known:
        return ""
    return _filled(directive, book) or _nothing()


def _filled(directive: Directive, book: Book) -> str:
    if directive.kind == "window":
        return windows.draw(directive.subjects, book)
    subject = directive.subjects[0]
    facts = book.facts.of(subject, directive.topic)
    if not facts:
        return ""
    if directive.kind == "list":
        return f"<ul>{''.join(f'<li>{book.told(*same)}</li>' for same in by_value(facts))}</ul>"
    return _table(TABLES[directive.topic], subject, facts, book)


def _nothing() -> str:
    words = _(
        "Nothing about this has been confirmed here yet. A clinic can tell you what holds where you live."
    )
    return f'<p class="note"><span>{escape(words)}</span></p>'


def _table(shape: Shape, subject: str, facts: Sequence[Fact], book: Book) -> str:
    said: Mapping[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        said[fact.about].append(fact)
    caption = escape(str(shape.caption) % {"condition": name_of(subject)})
    heads = "".join(f'<th scope="col">{escape(str(words))}</th>' for words in (shape.about, shape.value))
    rows = "".join(_line(about, each, book) for about, each in said.items())
    return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _line(about: str, facts: Sequence[Fact], book: Book) -> str:
    sides = "".join(f"<li>{_side(same, book)}</li>" for same in by_value(facts))
    return (
        f'<tr><th scope="row">{_breakable(in_words(about))}</th><td><ul class="sides">{sides}</ul></td></tr>'
    )


def _side(same: Sequence[Fact], book: Book) -> str:
    """What one body says, or several alike. Notes stay at the desk: they are for whoever confirms."""
    return f"<b>{_breakable(who_says(same))}</b> {book.told(*same)}"


def _breakable(words: str) -> str:
    """Words around a stroke are too long for a telephone: a line may end after it."""
    return escape(words).replace("/", "/<wbr>")


def draw_picture(words: str, key: str, below: str, book: Book) -> str:
    """Nothing for a picture that is not there, or that nobody has put into words."""
    picture = book.pictures.get(key)
    alt = words.strip() or (picture.alt.strip() if picture else "")
    if picture is None or not alt:
        return ""
    address = reverse("articles:show-guide-picture", args=[key])
    size = f'width="{picture.width}" height="{picture.height}" loading="lazy"'
    image = f'<img src="{address}" alt="{escape(alt)}"{_foreign(words)} {size}>'
    caption = below.strip() or picture.caption
    told = f"<figcaption{_foreign(below)}>{escape(caption)}</figcaption>" if caption else ""
    return f'<figure class="pictured">{image}{told}</figure>'


def _foreign(own: str) -> str:
    """A translation without words of its own shows those of the original."""
    first = settings.LANGUAGE_CODE
    return "" if own.strip() or get_language() == first else f' lang="{first}"'
