"""The days of people: every request that their pages offer to them, with what the forms would send."""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from positivesocials.config import policy
from tests.permissions.asking import ROUTES, Pairs, Site, Viewer, object_of, path_of

# Logging out and the exit end a day.
LAST = {"accounts:log-out", "core:leave"}
# These forms stand on every page and lead back to it.
EVERYWHERE = {"core:set-language", "core:set-theme"}
# What an editor wrote for everybody is read once, at the address that every day begins with.
ALIKE = {"articles:read-guide", "articles:read-guide-in", "articles:translate-guide"}
ALIKE |= {"claims:list-facts", "claims:show-fact", "search:search"}


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: Pairs = ()

    @property
    def route(self) -> str:
        try:
            return resolve(urlsplit(self.path).path).view_name
        except Resolver404:
            return ""


class Page(HTMLParser):
    """Where the links and forms of a page lead, and what its forms hold as they stand."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__()
        self.path, self.found = path, dict[Request, None]()
        self.form: tuple[str, str] | None = None
        self.named: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {}
        self.name = ""
        self.body: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, list[tuple[str, str]]]] = []
        self.select: tuple[str, list[tuple[str, bool]]] | None = None
        self.text: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._add("GET", told.get("href", ""))
        elif tag == "form":
            method = "POST" if told.get("method", "get").lower() == "post" else "GET"
            self.form, self.body, self.buttons = (method, told.get("action") or self.path), [], []
            self.name = told.get("id", "")
        elif tag == "button" and not self.form and told.get("form") in self.named:
            method, action, body = self.named[told["form"]]
            self._add(method, told.get("formaction") or action, body)
        elif tag in {"input", "select", "textarea", "option", "button"} and self.form:
            getattr(self, f"_{tag}")(told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select:
            name, options = self.select
            chosen = [value for value, selected in options if selected] or [value for value, _ in options[:1]]
            self.body += [(name, value) for value in chosen]
            self.select = None
        elif tag == "textarea" and self.text is not None:
            self.body[-1] = (self.body[-1][0], self.body[-1][1] + self.text)
            self.text = None
        elif tag == "form" and self.form:
            method, action = self.form
            self.named[self.name] = method, action, tuple(self.body)
            # A form with a name may be sent by buttons elsewhere on the page only.
            for target, extra in self.buttons or ([] if self.name else [("", [])]):
                self._add(method, target or action, (*self.body, *extra))
            self.form = None

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text += data

    def _input(self, told: dict[str, str]) -> None:
        kind = told.get("type", "text")
        if kind in {"radio", "checkbox"} and "checked" not in told:
            return
        if told.get("name") and kind != "submit":
            self.body.append((told["name"], told.get("value", "on" if kind == "checkbox" else "")))

    def _textarea(self, told: dict[str, str]) -> None:
        self.body.append((told.get("name", ""), ""))
        self.text = ""

    def _select(self, told: dict[str, str]) -> None:
        self.select = told.get("name", ""), []

    def _option(self, told: dict[str, str]) -> None:
        if self.select:
            self.select[1].append((told.get("value", ""), "selected" in told))

    def _button(self, told: dict[str, str]) -> None:
        if told.get("type", "submit") == "submit":
            extra = [(told["name"], told.get("value", ""))] if told.get("name") else []
            self.buttons.append((told.get("formaction", ""), extra))

    def _add(self, method: str, target: str, body: Any = ()) -> None:
        path = urljoin(self.path, target).partition("#")[0]
        if not path.startswith("/") or path.startswith(("//", "/static/", "/desk/")):
            return
        kept = tuple((name, value) for name, value in body if name and name != "csrfmiddlewaretoken")
        request = Request(method, path, kept if method == "POST" else ())
        if request.route in EVERYWHERE:
            request = Request(method, path, tuple(pair for pair in kept if pair[0] != "next"))
        if request.route not in LAST:
            self.found[request] = None


Day = dict[Request, Any]


def record(site: Site, viewer: Viewer) -> Day:
    """Follows every link, from all addresses there are. Pages come with their answers, forms without."""
    day: Day = {Request("GET", path): None for path in starts(site)}
    waiting = list(day)
    while waiting:
        request = waiting.pop(0)
        if request.method != "GET":
            continue
        day[request] = response = site.ask(viewer, "GET", request.path)
        if response.get("Content-Type", "").startswith("text/html"):
            new = [each for each in Page(response.content.decode(), request.path).found if each not in day]
            day |= dict.fromkeys(new)
            waiting += [each for each in new if each.route not in ALIKE]
    return day


def starts(site: Site) -> list[str]:
    """Every address that answers a GET, with the owner's things in it; what is in a mail stays there."""
    rows = [row for row in policy.ROWS if "GET" in row.methods and row.route not in LAST]
    open_ones = [row for row in rows if not {"token", "code"} & {*ROUTES[row.route].pattern.converters}]
    first = [path_of(row, object_of(row, site.world)) for row in open_ones]
    by_name = {row.route: row for row in open_ones}
    others = site.world.others.items()
    return first + [path_of(by_name[route], ids) for (route, _), (ids, _) in others if route in by_name]
