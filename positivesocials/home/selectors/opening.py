"""The checklist before an own instance opens its doors: what is done, what is missing, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account, Role
from positivesocials.core import countries
from positivesocials.core.models import Instance
from positivesocials.home.selectors import facts, pages

LOOPBACK = {"localhost", "127.0.0.1", "::1"}
ENOUGH_MODERATORS = 2
SHAPE = {True: "done", False: "todo"}


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `state` is done, todo, or note: good to know, and nothing waits for it.

    `command` is what to type on the console; `has_button` says whether its own button is of use now.
    """

    key: str
    title: str
    state: str
    words: str
    command: str = ""
    has_button: bool = False


def has_operator() -> bool:
    return operators().exists()


def operators() -> "QuerySet[Account]":
    return Account.objects.filter(role=Role.OPERATOR, is_active=True)


def moderator_count() -> int:
    roles = [Role.MODERATOR, Role.OPERATOR]
    return Account.objects.filter(role__in=roles, is_active=True).count()


def checklist(instance: Instance) -> Sequence[Item]:
    return [
        _facts(instance),
        _https(),
        _mail(instance),
        _legal(instance),
        _helplines(instance),
        _moderators(),
        _keys(),
        _backup(),
    ]


def missing(items: Sequence[Item]) -> Sequence[Item]:
    return [item for item in items if item.state == "todo"]


def _facts(instance: Instance) -> Item:
    words = (
        _("%(name)s, run by %(operator)s.") % {"name": instance.name, "operator": instance.operator}
        if instance.operator
        else _("Members need to know who runs the site and how to reach them.")
    )
    return Item("facts", _("Name and address"), SHAPE[pages.is_complete(instance)], words)


def _https() -> Item:
    title = _("A secure connection")
    host = urlsplit(settings.ORIGIN).hostname
    if settings.HTTPS:
        return Item("https", title, "done", _("The site answers at %s.") % settings.ORIGIN)
    if host in LOOPBACK:
        words = _(
            "The site answers on this machine only. Before others come, put it behind HTTPS and set "
            "POSITIVESOCIALS_ORIGIN to its address."
        )
        return Item("https", title, "note", words)
    words = _(
        "Put the site behind HTTPS and set POSITIVESOCIALS_ORIGIN to an address that starts with https://."
    )
    return Item("https", title, "todo", words)


def _mail(instance: Instance) -> Item:
    title = _("A test mail")
    if instance.mail_tested_at:
        return Item("mail", title, "done", _("A mail has arrived at the operator's address."))
    if not settings.DELIVER_MAIL:
        words = _(
            "No mail server is set, so nobody could confirm an address. Set POSITIVESOCIALS_MAIL_URL, start "
            "again, and come back here."
        )
        return Item("mail", title, "todo", words)
    words = _("Send yourself one, and press the button in the page it links to.")
    return Item("mail", title, "todo", words, has_button=True)


def _legal(instance: Instance) -> Item:
    title = _("Legal pages")
    if not pages.is_complete(instance):
        return Item("legal", title, "todo", _("They name you: fill in name and address first."))
    if instance.legal_read_at is None:
        words = _("The drafts are filled in with your facts. Read them; they bind you, not the makers.")
        return Item("legal", title, "todo", words, has_button=True)
    return Item("legal", title, "done", _("Read and filled in."))


def _helplines(instance: Instance) -> Item:
    title = _("Help for a crisis")
    if not instance.country:
        return Item("helplines", title, "todo", _("Choose your country under name and address."))
    words = _("“Help now” is linked from every page. Look at what it says for %s.")
    return Item("helplines", title, "done", words % countries.name_of(instance.country))


def _moderators() -> Item:
    title = _("Two people who can moderate")
    count = moderator_count()
    if count >= ENOUGH_MODERATORS:
        return Item("moderators", title, "done", _("%s people can moderate.") % count)
    words = _("So far %s, and you count as one. Make another account on the console:") % count
    command = "positivesocials create-staff ADDRESS --role moderator"
    return Item("moderators", title, "todo", words, command)


def _keys() -> Item:
    title = _("Keys apart from the data")
    if facts.keys_are_apart():
        return Item("keys", title, "done", _("The key file and the data lie on different devices."))
    words = _(
        "The key file lies on the same disk as the data, so whoever takes the disk can read everything. Set "
        "POSITIVESOCIALS_KEYS to a folder on another device or to a systemd credential."
    )
    return Item("keys", title, "note", words)


def _backup() -> Item:
    words = _(
        "This version makes none by itself. Stop the site, copy the folder %(data)s and, to another "
        "place, the folder %(keys)s: one is of no use without the other. Keep copies of keys 30 days at most."
    )
    values: dict[str, Any] = {"data": settings.DATA, "keys": settings.KEYS}
    return Item("backup", _("A backup"), "note", words % values)
