"""Legal and house pages: Markdown that ships with the site, with the operator's facts filled in."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from positivesocials.core import countries
from positivesocials.core.markdown import render_page
from positivesocials.core.models import Instance

CONTENT = Path(__file__).parent.parent / "content"
# Pages in the footer, by the name of their file.
SLUGS = tuple(sorted(path.stem for path in CONTENT.glob("*.md")))
FACTS = ("name", "operator", "contact", "address", "country")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_LINK = re.compile(r"https?://[^\s<>]+")


@dataclass(frozen=True)
class Draft:
    """A page before the operator's facts are in it. `tab` is its title where a neutral one is needed."""

    title: str
    tab: str
    summary: str
    version: str
    text: str


@dataclass(frozen=True)
class LegalPage:
    title: str
    tab: str
    summary: str
    version: str
    html: SafeString
    is_complete: bool


@cache
def draft(slug: str) -> Draft:
    _start, front, text = (CONTENT / f"{slug}.md").read_text(encoding="utf-8").split("+++\n", 2)
    about: dict[str, Any] = tomllib.loads(front)
    return Draft(about["title"], about.get("tab", about["title"]), about["summary"], about["version"], text)


def legal_page(slug: str, instance: Instance) -> LegalPage:
    page = draft(slug)
    html = render_page(_filled(page.text, instance))
    return LegalPage(page.title, page.tab, page.summary, page.version, html, is_complete(instance))


def is_complete(instance: Instance) -> bool:
    """Whether every fact that the pages name is filled in."""
    return all(getattr(instance, fact) for fact in FACTS)


def _filled(text: str, instance: Instance) -> str:
    for name, value in _values(instance).items():
        text = text.replace(f"{{{{ {name} }}}}", value)
    return text


def _values(instance: Instance) -> Mapping[str, str]:
    country = countries.name_of(instance.country)
    return {
        "name": _plain(instance.name),
        "operator": _plain(instance.operator),
        "contact": _contact(instance.contact),
        "address": "\\\n".join(_plain(line) for line in instance.address.split("\n")),
        "country": _plain(country),
    }


def _plain(value: str) -> str:
    """The operator's words as words: nothing in them is Markdown."""
    return _SPECIAL.sub(r"\\\1", value.strip()) or f"*{_('[not filled in yet]')}*"


def _contact(value: str) -> str:
    linked = _ADDRESS.fullmatch(value.strip()) or _LINK.fullmatch(value.strip())
    return f"<{value.strip()}>" if linked else _plain(value)


def titles() -> list[tuple[str, str]]:
    """(name of the URL, title) of every page, in the order of their titles."""
    return sorted(((f"home:{slug}", draft(slug).title) for slug in SLUGS), key=lambda pair: pair[1])
