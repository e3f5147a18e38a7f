"""What every page knows about the site and its viewer: names, places to go, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from positivesocials.accounts.access import viewer_of
from positivesocials.accounts.models import Account
from positivesocials.core.instance import this_instance
from positivesocials.core.views import THEMES
from positivesocials.messaging import opener_reads as messaging
from positivesocials.notifications import selectors as notices


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    icon: str = ""
    current: bool = False
    tally: int = 0
    wide_only: bool = False


@dataclass(frozen=True)
class LinkGroup:
    title: str
    links: Sequence[Link]
    slim_only: bool = False


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    dir: str
    current: bool


@dataclass(frozen=True)
class Site:
    name: str
    demo: bool
    operator: str
    contact: str
    member: bool
    unread: int
    start: str
    exit_url: str
    source: str
    theme: str
    mailbox: str
    log_out: str
    me: Link | None
    notices: Link | None
    top: Sequence[Link]
    rail: Sequence[Link]
    footer: Sequence[LinkGroup]
    languages: Sequence[Language]


def site(request: HttpRequest) -> dict[str, Any]:
    viewer = viewer_of(request) if hasattr(request, "user") else None
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    return {"site": _site(request.path, viewer, chosen if chosen in THEMES else "")}


def _site(path: str, viewer: Account | None, theme: str) -> Site:
    instance = this_instance()
    unread = messaging.unread_count(viewer) if viewer else 0
    rail = _rail(path, viewer, unread) if viewer else []
    return Site(
        name=instance.name,
        demo=settings.DEMO,
        operator=instance.operator,
        contact=instance.contact,
        member=viewer is not None,
        unread=unread,
        start=reverse("home:home" if viewer else "home:landing"),
        exit_url=settings.EXIT_URL,
        source=settings.SOURCE_URL,
        theme=theme,
        mailbox=reverse("demo:mailbox") if settings.DEMO else "",
        log_out=reverse("accounts:log-out") if viewer else "",
        me=_links(path, [(_("You"), "profiles:show-own", "person")])[0] if viewer else None,
        notices=_notices(path, viewer) if viewer else None,
        top=[] if viewer else _top(path),
        rail=rail,
        footer=_footer(path, rail),
        languages=_languages(),
    )


def _top(path: str) -> list[Link]:
    return _links(
        path,
        [
            (_("Guides"), "articles:list-guides", "book"),
            (_("News"), "articles:list-news", "news"),
            (_("Groups"), "groups:list-groups", "group"),
            (_("Log in"), "accounts:log-in", "key"),
            (_("Join"), "accounts:join", "plus"),
        ],
    )


def _rail(path: str, viewer: Account, unread: int) -> list[Link]:
    places = _links(
        path,
        [
            (_("Home"), "home:home", "home"),
            (_("People"), "matching:list-people", "people"),
            (_("Messages"), "messaging:list-conversations", "talk"),
            (_("Groups"), "groups:list-groups", "group"),
            (_("Library"), "articles:list-guides", "book"),
        ],
        tallies={"messaging:list-conversations": unread},
    )
    more = [
        (_("Feed"), "feed:show-feed", "news"),
        (_("Ask"), "asking:list-answered", "info"),
        (_("Devices"), "accounts:list-devices", "eye"),
    ]
    if viewer.is_moderator:
        more.append((_("Queue"), "moderation:show-queue", "flag"))
        more.append((_("Person checks"), "profiles:list-checks", "person"))
        more.append((_("Hosts"), "hosts:list-asking", "sun"))
        more.append((_("Decided in groups"), "groups:list-decided", "group"))
    if viewer.is_editor:
        more.append((_("Desk"), "wagtailadmin_home", "edit"))
        more.append((_("Facts"), "claims:list-facts", "info"))
        more.append((_("Translations"), "articles:list-translations", "book"))
        more.append((_("Sources"), "gathering:list-feeds", "link"))
        more.append((_("Letters"), "newsletter:list-issues", "send"))
        more.append((_("Search words"), "search:list-words", "search"))
    if viewer.is_operator:
        more.append((_("Opening"), "home:opening", "check"))
        more.append((_("Helplines"), "care:list-lines", "heart"))
        more.append((_("Professionals"), "asking:list-professionals", "check"))
    return places + _links(path, more, wide_only=True)


def _notices(path: str, viewer: Account) -> Link:
    places = [(_("Notices"), "notifications:list-notices", "bell")]
    return _links(path, places, tallies={"notifications:list-notices": notices.unseen_count(viewer)})[0]


def _footer(path: str, rail: Sequence[Link]) -> list[LinkGroup]:
    groups = [
        LinkGroup(_("Yours"), [link for link in rail if link.wide_only], slim_only=True),
        LinkGroup(_("Help"), _links(path, _help())),
        LinkGroup(_("This site"), _links(path, _about())),
        LinkGroup(_("Rules and rights"), _links(path, _rules())),
    ]
    return [group for group in groups if group.links]


def _help() -> list[tuple[str, str, str]]:
    return [
        (_("Help now"), "articles:helplines", ""),
        (_("Ask a professional"), "asking:list-answered", ""),
        (_("Security contact"), "home:security-contact", ""),
        ("security.txt", "home:security-txt", ""),
        (_("Accessibility"), "home:accessibility", ""),
    ]


def _about() -> list[tuple[str, str, str]]:
    return [
        (_("Who runs this"), "home:who-runs-this", ""),
        (_("Contact and imprint"), "home:imprint", ""),
        (_("How we count"), "home:how-we-count", ""),
    ]


def _rules() -> list[tuple[str, str, str]]:
    return [
        (_("Terms"), "home:terms", ""),
        (_("Privacy"), "home:privacy", ""),
        (_("Consumer health data privacy"), "home:health-privacy", ""),
        (_("Rules"), "home:rules", ""),
        (_("Medical limits"), "home:medical-limits", ""),
        (_("Requests by authorities"), "home:authority-requests", ""),
    ]


def _links(
    path: str,
    places: Sequence[tuple[str, str, str]],
    *,
    tallies: dict[str, int] | None = None,
    wide_only: bool = False,
) -> list[Link]:
    waiting = tallies or {}
    return [
        Link(label, url, icon, path.startswith(url), waiting.get(name, 0), wide_only)
        for label, name, icon in places
        for url in (_address(name),)
    ]


@cache
def _address(name: str) -> str:
    """These take no arguments, so that they are the same for everybody and as long as we serve."""
    return reverse(name)


def _languages() -> list[Language]:
    current = get_language()
    infos = [get_language_info(code) for code, _name in settings.LANGUAGES]
    return [
        Language(info["code"], info["name_local"], "rtl" if info["bidi"] else "ltr", info["code"] == current)
        for info in infos
    ]
