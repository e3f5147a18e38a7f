"""The fact sheet into rows, at every start: a start for editors, never the last word."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from positivesocials.claims import changing, seed
from positivesocials.claims.models import Act, Claim, ClaimChange, ClaimSource, State, Suggestion
from positivesocials.claims.seed import Seed
from positivesocials.core.refusals import Refused

SAID = ("value", "note", "low", "high", "unit")
WHAT = ("subject", "topic", "about", "body", "part_of")
PRINTED = ("about", "body", "value", "low", "high", "unit")
LEFT_OUT = "left out"


@transaction.atomic
def load_claims() -> int:
    """Bring the rows up to the sheet; says how many changed. Again changes nothing.

    What an editor confirmed, corrected or withdrew stays as it is: a new value of the sheet waits beside it.
    A row in other words than before is not confirmed by the sheet, whatever the sheet says of it.
    An editor who saves in the same moment comes before or after, and is told of what changed meanwhile.
    """
    changing.take_turn()
    seeds = list(seed.seeds())
    _refuse_twins(seeds)
    known = Claim.objects.select_related("source").in_bulk(field_name="key")
    hashes = {each.key: _hash(each) for each in seeds}
    news = [each for each in seeds if each.key not in known or known[each.key].sheet_hash != hashes[each.key]]
    gone = [
        claim for key, claim in known.items() if claim.sheet_hash not in {"", LEFT_OUT} and key not in hashes
    ]
    _link(seeds, known)
    if not news and not gone:
        return 0
    sources = _sources()
    # A row of a topic that lost another one may be that row in other words.
    reworded = {(claim.subject, claim.topic) for claim in gone}
    new = [_new(each, sources[each.source], hashes[each.key]) for each in news if each.key not in known]
    _make(new, reworded)
    for each in news:
        if each.key in known:
            _take(each, known[each.key], sources[each.source], hashes[each.key])
    for claim in gone:
        _drop(claim)
    # After all rows, since a linked one may be among them.
    for key in known.keys() & ({each.key for each in news} | {claim.key for claim in gone}):
        _unsettle_beside(key)
    changing.tell_every_process()
    return len(news) + len(gone)


def _refuse_twins(seeds: Sequence[Seed]) -> None:
    """Of two rows with one key one would be printed under the other's confirmation."""
    rows = [
        " / ".join(f"{each.about}: {each.value} [{each.source}]" for each in same)
        for same in seed.twins(seeds)
    ]
    if rows:
        raise Refused(
            _("Nothing tells these rows of the fact sheet apart; give all but one of them a name: %(rows)s")
            % {"rows": "; ".join(rows)}
        )


def _hash(one: Seed) -> str:
    row = seed.sheet()["sources"][one.source]
    # A link says nothing else than before: it renews no row.
    said = {name: value for name, value in asdict(one).items() if name != "part_of"}
    return hashlib.sha256(json.dumps([said, row], sort_keys=True).encode()).hexdigest()


def _link(seeds: Sequence[Seed], known: Mapping[str, Claim]) -> None:
    for each in seeds:
        if each.key in known and known[each.key].part_of != each.part_of:
            known[each.key].part_of = each.part_of
            Claim.objects.filter(pk=known[each.key].pk).update(part_of=each.part_of)


def _unsettle_beside(key: str) -> None:
    """What says the same as a row that the sheet changed or left out. Never what an editor said."""
    claim = Claim.objects.filter(key=key, is_edited=False).first()
    last = claim and claim.changes.order_by("version").last()
    if claim and last and last.act in (Act.REWORDED, Act.DROPPED):
        changing.unsettle(Claim.objects.linked_to(claim).filter(is_edited=False), claim)


def _sources() -> Mapping[str, ClaimSource]:
    rows = seed.sheet()["sources"]
    known = ClaimSource.objects.in_bulk(field_name="key")
    new = [
        ClaimSource(key=key, is_from_sheet=True, **_read(row))
        for key, row in rows.items()
        if key not in known
    ]
    for key in rows.keys() & known.keys():
        _renew_source(known[key], _read(rows[key]))
    return known | {source.key: source for source in ClaimSource.objects.bulk_create(new)}


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("title", "publisher", "url", "year")}


def _renew_source(known: ClaimSource, read: Mapping[str, Any]) -> None:
    if known.is_from_sheet and any(getattr(known, name) != value for name, value in read.items()):
        ClaimSource.objects.filter(pk=known.pk).update(**read)


def _new(one: Seed, source: ClaimSource, sheet_hash: str) -> Claim:
    claim = Claim(key=one.key, is_from_sheet=True, sheet_hash=sheet_hash)
    _write(claim, one, source)
    return claim


def _to_confirm(claim: Claim) -> None:
    claim.state, claim.confirmed_on, claim.expires_on = State.WAITING, None, None


def _make(claims: list[Claim], reworded: Collection[tuple[str, str]]) -> None:
    acts = [Act.REWORDED if (claim.subject, claim.topic) in reworded else Act.LOADED for claim in claims]
    for claim, act in zip(claims, acts, strict=True):
        if act == Act.REWORDED:
            _to_confirm(claim)
    Claim.objects.bulk_create(claims)
    ClaimChange.objects.bulk_create(
        [changing.change_of(claim, act, {}) for claim, act in zip(claims, acts, strict=True)]
    )


def _take(one: Seed, known: Claim, source: ClaimSource, sheet_hash: str) -> None:
    if known.is_edited or not known.is_from_sheet:
        _suggest(known, one, source, sheet_hash)
    else:
        _renew(known, one, source, sheet_hash)


def _write(claim: Claim, one: Seed, source: ClaimSource) -> None:
    for name in WHAT + SAID:
        setattr(claim, name, getattr(one, name))
    claim.source = source
    claim.state = State.CONFIRMED if one.is_verified else State.WAITING
    claim.confirmed_on = seed.read_on() if one.is_verified else None
    claim.expires_on = changing.expiry_of(seed.read_on()) if one.is_verified else None


def _renew(known: Claim, one: Seed, source: ClaimSource, sheet_hash: str) -> None:
    before = changing.told(known)
    act = Act.REWORDED if _says_else(one, known) else Act.RENEWED
    # Until an editor has confirmed it, no later sheet does.
    waits = act == Act.REWORDED or known.changes.filter(act__in=[Act.REWORDED, Act.UNSETTLED]).exists()
    _write(known, one, source)
    if waits:
        _to_confirm(known)
    known.sheet_hash, known.version = sheet_hash, known.version + 1
    known.save()
    changing.note_change(known, act, before)


def _says_else(one: Seed, known: Claim) -> bool:
    return known.source.key != one.source or any(
        getattr(known, name) != getattr(one, name) for name in PRINTED
    )


def _suggest(known: Claim, one: Seed, source: ClaimSource, sheet_hash: str) -> None:
    """Beside what the editors say. The same in other words of the sheet is no news to them."""
    says = {name: getattr(one, name) for name in SAID} | {"source": source}
    Suggestion.objects.filter(claim=known).delete()
    known.sheet_hash = sheet_hash
    if all(getattr(known, name) == value for name, value in says.items()):
        known.save(update_fields=["sheet_hash"])
        return
    known.version += 1
    known.save(update_fields=["sheet_hash", "version"])
    Suggestion.objects.create(claim=known, **says)
    changing.note_change(known, Act.SUGGESTED, changing.told(known))


def _drop(claim: Claim) -> None:
    """A new sheet does not have it any more: what no editor stands behind is withdrawn."""
    before = changing.told(claim)
    claim.sheet_hash = LEFT_OUT
    if claim.is_edited:
        claim.save(update_fields=["sheet_hash"])
        return
    claim.state, claim.version = State.WITHDRAWN, claim.version + 1
    claim.confirmed_on = claim.expires_on = None
    claim.save()
    changing.note_change(claim, Act.DROPPED, before)
