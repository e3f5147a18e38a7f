"""A picture of how long each test needs: too early, may show it, settled. Its words say the same beside it.

Plain SVG with classes for its colours. It holds no sentence, so that it fits a small screen, and runs from
the right where the language does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.translation import gettext as _

from positivesocials.articles.sourcing import Book, by_value, name_of, who_says
from positivesocials.claims.printing import in_words
from positivesocials.claims.selectors import Fact

WIDE, HIGH = 320, 16
STEPS = (7, 14, 28, 84, 182)
MOST_STEPS = 6
WEEK = 7


@dataclass(frozen=True)
class Window:
    """One test of one condition: what each body says of when it sees and when it settles."""

    about: str
    seen: Sequence[Fact]
    settled: Sequence[Fact]

    @property
    def days(self) -> list[int]:
        return sorted(fact.low for fact in [*self.seen, *self.settled] if fact.low is not None)


@dataclass(frozen=True)
class Scale:
    """Days to places along the picture."""

    step: int
    steps: int
    is_rtl: bool

    def at(self, day: int) -> float:
        place = min(1.0, day / (self.step * self.steps)) * WIDE
        return round(WIDE - place if self.is_rtl else place, 1)

    def bar(self, first: int, last: int | None, css: str, *, inset: int = 0) -> str:
        ends = sorted((self.at(first), self.at(last if last is not None else self.step * self.steps)))
        size = f'width="{round(ends[1] - ends[0], 1)}" height="{HIGH - 2 * inset}"'
        return f'<rect class="{css}" x="{ends[0]}" y="{inset}" {size}/>'


def draw(subjects: Sequence[str], book: Book) -> str:
    """The tests of these conditions on one scale; empty when nothing is confirmed."""
    found = {subject: windows for subject in subjects if (windows := windows_of(subject, book))}
    days = [day for windows in found.values() for window in windows for day in window.days]
    if not days:
        return ""
    scale = _scale(max(days), book)
    parts = [_condition(subject, windows, scale, book) for subject, windows in found.items()]
    return f'<div class="windows">{"".join(parts)}{_axis(scale)}{_key()}</div>'


def windows_of(subject: str, book: Book) -> list[Window]:
    seen, settled = book.facts.of(subject, "seen"), book.facts.of(subject, "testing")
    tests = dict.fromkeys(fact.about for fact in [*settled, *seen])
    found = [
        Window(
            about,
            [fact for fact in seen if fact.about == about],
            [fact for fact in settled if fact.about == about],
        )
        for about in tests
    ]
    return [window for window in found if window.days]


def _scale(latest: int, book: Book) -> Scale:
    past = latest + latest // 8 + 1
    step = next((step for step in STEPS if past <= step * MOST_STEPS), STEPS[-1])
    return Scale(step, max(2, -(-past // step)), book.is_rtl)


def _condition(subject: str, windows: Sequence[Window], scale: Scale, book: Book) -> str:
    title = _("%(condition)s: how soon a test can tell") % {"condition": name_of(subject)}
    rows = "".join(_row(window, scale, book) for window in windows)
    return f"<figure><figcaption>{escape(title)}</figcaption><ul>{rows}</ul></figure>"


def _row(window: Window, scale: Scale, book: Book) -> str:
    words = " ".join(filter(None, (_seen(window, book), _settled(window, book))))
    return f"<li><b>{escape(in_words(window.about))}</b>{_strip(window, scale)}<span>{words}</span></li>"


def _seen(window: Window, book: Book) -> str:
    if not window.seen:
        return ""
    return _("Can see it from %(times)s after contact on.") % {"times": _times(window.seen, book)}


def _settled(window: Window, book: Book) -> str:
    if not window.settled:
        return _("When it settles it is not confirmed here yet.")
    return _("Settles it after %(times)s.") % {"times": _times(window.settled, book)}


def _times(facts: Sequence[Fact], book: Book) -> str:
    """What bodies say, beside each other; they are named where they do not all say the same."""
    said = by_value(facts)
    if len(said) == 1:
        return book.told(*said[0])
    return ", ".join(f"{book.told(*same)} ({escape(who_says(same))})" for same in said)


def _strip(window: Window, scale: Scale) -> str:
    seen = [fact.low for fact in window.seen if fact.low is not None]
    settled = [fact.low for fact in window.settled if fact.low is not None]
    first = min(seen or settled)
    bars = [scale.bar(0, first, "early", inset=6)]
    if settled:
        bars += [scale.bar(first, max(settled), "maybe", inset=3), scale.bar(max(settled), None, "sure")]
    else:
        bars.append(scale.bar(first, None, "maybe", inset=3))
    return f'<svg viewBox="0 0 {WIDE} {HIGH}" aria-hidden="true" focusable="false">{"".join(bars)}</svg>'


def _axis(scale: Scale) -> str:
    ticks = "".join(_tick(number, scale) for number in range(scale.steps + 1))
    name = _("weeks after contact")
    return (
        f'<svg viewBox="0 0 {WIDE} 24" aria-hidden="true" focusable="false">{ticks}</svg>'
        f'<p class="axis" aria-hidden="true">{escape(name)}</p>'
    )


def _tick(number: int, scale: Scale) -> str:
    place = scale.at(number * scale.step)
    anchor = "start" if place < 1 else "end" if place > WIDE - 1 else "middle"
    weeks = number * scale.step // WEEK
    return (
        f'<path class="tick" d="M{min(max(place, 0.5), WIDE - 0.5)} 0v6"/>'
        f'<text x="{place}" y="20" text-anchor="{anchor}" direction="ltr">{weeks}</text>'
    )


def _key() -> str:
    entries = (("early", 6, _("too early")), ("maybe", 3, _("may show it")), ("sure", 0, _("settles it")))
    return f'<ul class="key">{"".join(_entry(*entry) for entry in entries)}</ul>'


def _entry(css: str, inset: int, words: str) -> str:
    bar = f'<rect class="{css}" y="{inset}" width="24" height="{HIGH - 2 * inset}"/>'
    picture = f'<svg viewBox="0 0 24 {HIGH}" aria-hidden="true" focusable="false">{bar}</svg>'
    return f"<li>{picture}{escape(words)}</li>"
