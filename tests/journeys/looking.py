"""Reading a page the way a passer-by, a search engine or a screen reader would: title, headings, links."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

# Decision 21: what anyone may find by searching the web may say what it is about.
MAY_BE_PLAIN = {
    "articles:list-news",
    "articles:list-category",
    "articles:read-news",
    "articles:list-guides",
    "articles:read-guide",
    "articles:read-guide-in",
}
# What makes pages of one name differ in more than what they show.
PARTS = ("step", "section")


def name_of(path: str) -> str:
    """The name of the page behind a path: one for all posts, one for each question."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return "nothing"
    parts = [str(match.kwargs[part]) for part in PARTS if part in match.kwargs]
    return ":".join([match.view_name, *parts])


@dataclass
class Sight(HTMLParser):
    """What a page holds."""

    title: str = ""
    headings: int = 0
    links: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self._inside = tag
        self.headings += tag == "h1"
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        # A data block is never run, so the policy has nothing to say about it.
        is_data = found.get("type") == "application/ld+json"
        if tag == "style" or "style" in found or (tag == "script" and "src" not in found and not is_data):
            self.inline.append(tag)
        self.inline += [name for name in found if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def look_at(html: str) -> Sight:
    sight = Sight()
    sight.feed(html)
    return sight


def links_within(sight: Sight, path: str) -> list[str]:
    """The paths on this site that a page leads to, without the places inside them."""
    whole = (urlsplit(urljoin(f"http://here{path}", link)) for link in sight.links)
    return [
        f"{parts.path}?{parts.query}" if parts.query else parts.path
        for parts in whole
        if parts.scheme == "http" and parts.netloc == "here"
    ]
