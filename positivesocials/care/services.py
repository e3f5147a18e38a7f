"""Changing helplines and choosing a country: the only code that writes this context's rows."""

from dataclasses import dataclass
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.care import access, helplines
from positivesocials.care.helplines import EVERYWHERE, KINDS, Helpline
from positivesocials.care.models import HelpCountry, OwnLine
from positivesocials.core import wording
from positivesocials.core.refusals import Refused

KIND = "helpline"


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(_("Somebody else has changed this line. Look at it again before you save."))


@dataclass(frozen=True)
class Said:
    """What a line says."""

    country: str
    service: str
    kind: str
    phone: str = ""
    other_ways: str = ""
    hours: str = ""
    url: str = ""


@transaction.atomic
def add_line(actor: Account, said: Said, *, is_checked: bool) -> OwnLine:
    access.require_operator(actor)
    row = OwnLine(key=f"own-{uuid4().hex[:12]}")
    _put(row, said)
    _check(row, actor if is_checked else None)
    row.save(force_insert=True)
    audit.record(actor, verb=Verb.ADD_LINE, item=(KIND, row.pk))
    return row


@transaction.atomic
def change_line(actor: Account, key: str, said: Said, *, version: int, is_checked: bool) -> None:
    """Other words have to be checked anew. One that was withdrawn is shown again."""
    row = _row_of(access.get_line_for(actor, key), version)
    _put(row, said)
    _check(row, actor if is_checked else None)
    row.is_withdrawn = False
    _save(actor, row, version, Verb.CHANGE_LINE)


@transaction.atomic
def check_line(actor: Account, key: str, *, version: int) -> None:
    """The operator has read this on the service's own page today, or called."""
    row = _row_of(access.get_line_for(actor, key), version)
    _check(row, actor)
    _save(actor, row, version, Verb.CHECK_LINE)


@transaction.atomic
def withdraw_line(actor: Account, key: str, *, version: int) -> None:
    row = _row_of(access.get_line_for(actor, key), version)
    row.is_withdrawn = True
    _save(actor, row, version, Verb.WITHDRAW_LINE)


def choose_country(account: Account, code: str) -> None:
    """An empty code forgets the choice."""
    if not code:
        HelpCountry.objects.filter(account=account).delete()
        return
    if helplines.country(code) is None:
        raise Refused(_("Choose a country from the list."))
    row = HelpCountry.objects.filter(account=account).first() or HelpCountry(account=account)
    row.country = code
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Two pages at once: the later one holds.
        row = HelpCountry.objects.get(account=account)
        row.country = code
        row.save()


def _row_of(line: Helpline, version: int) -> OwnLine:
    if line.version != version:
        raise ChangedMeanwhile
    if line.is_own:
        return OwnLine.objects.get(key=line.key)
    row = OwnLine(key=line.key, version=0)
    names = ("country", "service", "kind", "phone", "other_ways", "hours", "url")
    for name in names:
        setattr(row, name, getattr(line, name))
    return row


def _put(row: OwnLine, said: Said) -> None:
    if said.kind not in KINDS:
        raise Refused(_("Choose what the line is for."))
    if said.country != EVERYWHERE and helplines.country(said.country) is None:
        raise Refused(_("Choose a country from the list."))
    if not said.url.startswith("https://"):
        raise Refused(_("The address of the service’s page begins with https://."))
    row.country, row.kind, row.url = said.country, said.kind, said.url
    row.service, row.phone = wording.one_line(said.service), wording.one_line(said.phone)
    row.other_ways, row.hours = wording.one_line(said.other_ways), wording.one_line(said.hours)
    if not wording.is_seen(row.service):
        raise Refused(_("Write the name of the service."))


def _check(row: OwnLine, actor: Account | None) -> None:
    row.checked_by = actor.get_full_name()[:120] if actor else ""
    row.checked_by_id = actor.pk if actor else None
    row.checked_on = timezone.localdate() if actor else None


def _save(actor: Account, row: OwnLine, version: int, verb: Verb) -> None:
    """Only if the line still is what the actor has read."""
    row.version = version + 1
    if version == 0:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise ChangedMeanwhile from None
    else:
        values = {
            field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name != "id"
        }
        if not OwnLine.objects.filter(pk=row.pk, version=version).update(**values):
            raise ChangedMeanwhile
    audit.record(actor, verb=verb, item=(KIND, row.pk))
