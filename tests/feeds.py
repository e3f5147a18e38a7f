"""Reads all shared feeds and says what became of each: `python -m tests.feeds > docs/reports/feeds.md`.

The checker of what came out is written apart from the cleaner, and knows its own list of what is harmless.
"""

import os
import re
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("POSITIVESOCIALS_SHARED") or ROOT.parent / "shared")
FEEDS = SHARED / "data" / "feeds"
HARMLESS = {
    *(
        "p",
        "br",
        "b",
        "strong",
        "i",
        "em",
        "ul",
        "ol",
        "li",
        "blockquote",
        "h2",
        "h3",
        "h4",
        "hr",
        "a",
        "div",
    ),
    *("code", "pre", "table", "thead", "tbody", "tr", "th", "td", "caption"),
}
LEADS = re.compile(r"^(https?://|mailto:)[^\s\x00-\x20]+$", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def files() -> list[Path]:
    return sorted(path for path in FEEDS.rglob("*") if path.is_file() and path.suffix != ".md")


class Checker(HTMLParser):
    """Notes whatever a browser could run, fetch or be led astray by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.harm: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in HARMLESS:
            self.harm.append(f"<{tag}>")
        for name, value in attrs:
            if not self._is_harmless(tag, name, value or ""):
                self.harm.append(f"<{tag} {name}={value!r}>")

    def _is_harmless(self, tag, name, value):
        if (tag, name) == ("a", "href"):
            return bool(LEADS.match(value))
        if (tag, name) == ("a", "rel"):
            return {"nofollow", "noopener"} <= set(value.split())
        return (tag, name) == ("ol", "start") and value.lstrip("-").isdigit()

    def handle_decl(self, decl):
        self.harm.append(f"<!{decl}>")

    def handle_comment(self, data):
        self.harm.append("a comment")

    def handle_pi(self, data):
        self.harm.append(f"<?{data}>")

    def unknown_decl(self, data):
        self.harm.append(f"<![{data}]>")


def harm_in(html: str) -> list[str]:
    checker = Checker()
    checker.feed(html)
    checker.close()
    return checker.harm + (["unseen marks"] if UNSEEN.search(html) else [])


def harm_of(entry) -> list[str]:
    """All three parts of an entry: a title is words, an address leads to a page, the text is harmless."""
    harm = harm_in(entry.html)
    if entry.url and not re.match(r"^https?://[^\s<>\"']+$", entry.url):
        harm.append(f"url {entry.url!r}")
    if re.search(r"<\s*/?\s*(script|iframe|object|embed|style|img|svg)\b", entry.title, re.IGNORECASE):
        harm.append(f"title {entry.title!r}")
    return harm + (["unseen marks in the title"] if UNSEEN.search(entry.title) else [])


def outcomes():
    """(name below the folder, what was read or None, why not) for each file."""
    from positivesocials.gathering import parsing

    for path in files():
        name = str(path.relative_to(FEEDS))
        try:
            yield name, parsing.parse(path.read_bytes()), ""
        except parsing.No as no:
            yield name, None, str(no)


def report() -> str:
    from positivesocials.gathering.reading import SENTENCES

    read, refused = [], []
    for name, whole, reason in outcomes():
        if whole is None:
            refused.append((name, str(SENTENCES[reason])))
        else:
            read.append((name, whole))
    kinds = Counter(whole.kind for _, whole in read)
    entries = [entry for _, whole in read for entry in whole.entries]
    left_out = sum(whole.left_out for _, whole in read)
    lines = [
        "# The shared feeds, read one by one",
        "",
        "Printed by `python -m tests.feeds > docs/reports/feeds.md`; `tests/test_shared_feeds.py` reads the",
        "same files on every run and holds them to this page. The checker of what came out is written apart",
        "from the cleaner.",
        "",
        "| outcome | files |",
        "| --- | --- |",
        f"| read, with entries | {sum(bool(whole.entries) for _, whole in read)} |",
        f"| read, no entry with a title, a text or an address | {sum(not w.entries for _, w in read)} |",
        f"| refused with a sentence | {len(refused)} |",
        "| ended otherwise | 0 |",
        f"| **all** | **{len(read) + len(refused)}** |",
        "",
        f"{len(entries)} entries came out; {left_out} were left out: they",
        "came twice, or had nothing in them that could be read. Unsafe tags, attributes and addresses in",
        f"titles, addresses and texts: {sum(len(harm_of(entry)) for entry in entries)}.",
        "",
        "## Refused",
        "",
        "| file | sentence |",
        "| --- | --- |",
        *(f"| `{name}` | {sentence} |" for name, sentence in refused),
        "",
        "## By kind",
        "",
        "| kind | files |",
        "| --- | --- |",
        *(f"| {kind} | {number} |" for kind, number in sorted(kinds.items())),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")
    import django

    django.setup()
    sys.stdout.write(report() + "\n")
