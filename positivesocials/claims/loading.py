"""The fact sheet into rows, at every start: a start for editors, never the last word."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from positivesocials.claims import changing, seed
from positivesocials.claims.models import Act, Claim, ClaimChange, ClaimSource, State, Suggestion
from positivesocials.claims.seed import Seed

SAID = ("value", "note", "low", "high", "unit")
WHAT = ("subject", "topic", "about", "body")
LEFT_OUT = "left out"


@transaction.atomic
def load_claims() -> int:
    """Bring the rows up to the sheet; says how many changed. Again changes nothing.

    What an editor confirmed, corrected or withdrew stays as it is: a new value of the sheet waits beside it.
    An editor who saves in the same moment comes before or after, and is told of what changed meanwhile.
    """
    changing.take_turn()
    seeds = list(seed.seeds())
    known = Claim.objects.select_related("source").in_bulk(field_name="key")
    hashes = {each.key: _hash(each) for each in seeds}
    news = [each for each in seeds if each.key not in known or known[each.key].sheet_hash != hashes[each.key]]
    gone = [
        claim for key, claim in known.items() if claim.sheet_hash not in {"", LEFT_OUT} and key not in hashes
    ]
    if not news and not gone:
        return 0
    sources = _sources()
    _make([_new(each, sources[each.source], hashes[each.key]) for each in news if each.key not in known])
    for each in news:
        if each.key in known:
            _take(each, known[each.key], sources[each.source], hashes[each.key])
    for claim in gone:
        _drop(claim)
    changing.tell_every_process()
    return len(news) + len(gone)


def _hash(one: Seed) -> str:
    row = seed.sheet()["sources"][one.source]
    return hashlib.sha256(json.dumps([asdict(one), row], sort_keys=True).encode()).hexdigest()


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


def _make(claims: list[Claim]) -> None:
    Claim.objects.bulk_create(claims)
    ClaimChange.objects.bulk_create([changing.change_of(claim, Act.LOADED, {}) for claim in claims])


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
    _write(known, one, source)
    known.sheet_hash, known.version = sheet_hash, known.version + 1
    known.save()
    changing.note_change(known, Act.RENEWED, before)


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
