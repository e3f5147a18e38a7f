"""Does anything stored tell, without a key, who chose what?

Invented members toss a coin for each of some intimate answers. All else about them is drawn
independently, and half of them write next to nothing, because little text hides little. Then every table
of both databases is read as a thief would: each stored value, each length, and how many rows somebody
has. From half of the members the best guess is learned, and tried on the other half: by chance it is
right in half of the cases. Equal ciphertexts are counted as well.

All of them have agreed to keep circles: that receipt is plain on purpose (docs/decisions/0012).
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections, models, router, transaction

from positivesocials.accounts import services as accounts
from positivesocials.matching import services as matching
from positivesocials.privacy import services as privacy
from positivesocials.profiles import services as profiles
from positivesocials.profiles.facets import Facets
from positivesocials.vault import services as vault
from positivesocials.vault.fields import Sealed

SEED, BATCH = 1, 500
NO_PASSWORD = "!"  # noqa: S105 - Opens nothing.
# Answers that a coin decides. Each pair differs as real answers do, in length too.
COINS = {
    "circle": ([], ["slow-and-low"]),
    "gender": ("woman", "non-binary"),
    "orientation": ("", "bisexual"),
    "dating": (False, True),
    "circles_only": (False, True),
}
QUIET: list[dict[str, Any]] = [{}, {"place": 12345678}, {"place": 12345678, "languages": ["en", "es"]}]
Answers = dict[str, bool]


def _member(dice: random.Random, number: int) -> tuple[UUID, Answers]:
    tossed = {name: dice.random() < 0.5 for name in COINS}
    said = {name: COINS[name][heads] for name, heads in tossed.items()}
    account = accounts.open_account(address=f"{number:06}@example.org", password_hash=NO_PASSWORD)
    profile = profiles.make_individual(account, name=f"Member {number:06}")
    privacy.give_consent(account, purpose="circles")
    intimate = {"gender": said["gender"], "orientation": said["orientation"], "circles": said["circle"]}
    # As the pages do, which leave out what was not said.
    facets = Facets.from_dict({**intimate, **_anything_else(dice)}).to_dict()
    profiles.change_facets(profile, facets=facets)
    for mode in ("friends", "dating"):
        on = {"on": mode == "friends" or said["dating"], "circles_only": said["circles_only"]}
        matching.save_preferences(profile, mode, on)
    return account.pk, tossed


def _anything_else(dice: random.Random) -> dict[str, Any]:
    if dice.random() < 0.5:
        return dice.choice(QUIET)
    lengths = [dice.randint(10, 300) for _ in range(dice.randint(0, 3))]
    prompts = [{"question": "sunday", "answer": "a" * length} for length in lengths]
    interests = [f"interest {number}" for number in range(dice.randint(0, 12))]
    return {"place": 12345678, "languages": ["en"], "prompts": prompts, "interests": interests}


def run(*, members: int) -> dict[str, Any]:
    """`best_guess` is the share of right guesses by the best column; 0.5 is chance."""
    dice = random.Random(SEED)  # noqa: S311 - What invented members answer is no secret.
    tossed: dict[UUID, Answers] = {}
    for start in range(0, members, BATCH):
        # One commit for many members: minutes less.
        with transaction.atomic(), transaction.atomic(using="keys"), vault.keys_open():
            tossed |= dict(_member(dice, number) for number in range(start, min(start + BATCH, members)))
    seen, sealed = _what_a_thief_sees(set(tossed))
    guesses = [
        (right(seen[column], {pk: answers[coin] for pk, answers in tossed.items()}), coin, column)
        for column in sorted(seen)
        for coin in COINS
    ]
    best, coin, column = max(guesses)
    return {
        "members": members,
        "columns": len(seen),
        "ciphertexts": len(sealed),
        "equal_ciphertexts": len(sealed) - len(set(sealed)),
        "best_guess": round(best, 4),
        "guessed": coin,
        "by": column,
    }


Seen = dict[str, dict[UUID, str]]


def _what_a_thief_sees(account_ids: set[UUID]) -> tuple[Seen, list[bytes]]:
    """What stands in each column beside each account, and every ciphertext."""
    whose = {pk: pk for pk in account_ids}
    seen: defaultdict[str, dict[UUID, str]] = defaultdict(dict)
    sealed: list[bytes] = []
    for model in _models():
        rows: Counter[UUID] = Counter()
        for row in _stored(model):
            owner = next((whose[value] for value in row.values() if value in whose), None)
            sealed += [
                bytes(row[str(f.column)]) for f in model._meta.local_concrete_fields if _is_filled(f, row)
            ]
            if owner is None:
                continue
            whose[row[str(model._meta.pk.column)]] = owner
            rows[owner] += 1
            for column, value in row.items():
                _note(seen, f"{model._meta.db_table}.{column} #{rows[owner]}", owner, value)
        for owner in account_ids:
            seen[f"rows of {model._meta.db_table}"][owner] = str(rows[owner])
    return dict(seen), sealed


def _is_filled(field: Any, row: dict[str, Any]) -> bool:
    return isinstance(field, Sealed) and row[str(field.column)] is not None


def _note(seen: Seen, place: str, owner: UUID, value: Any) -> None:
    if isinstance(value, bytes | memoryview):
        value = len(bytes(value))
    seen[place][owner] = f"{value}"


def _models() -> list[type[models.Model]]:
    """Rows of ours, owners before what they own: a row is found by the id of another that it names."""
    named = ["accounts", "profiles", "vault"]
    ours = [model for model in apps.get_models() if model.__module__.startswith("positivesocials.")]
    return sorted(ours, key=lambda m: named.index(m._meta.app_label) if m._meta.app_label in named else 99)


def _stored(model: type[models.Model]) -> Iterator[dict[str, Any]]:
    """Rows as they lie in the database, with ids as UUIDs."""
    columns = {str(field.column): field for field in model._meta.local_concrete_fields}
    connection = connections[router.db_for_read(model) or "default"]
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(name) for name in columns)
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"SELECT {names} FROM {table}")  # noqa: S608 - Names of our own tables.
        for values in cursor.fetchall():
            yield {
                name: _as_id(value) if _is_id(field) and value is not None else value
                for (name, field), value in zip(columns.items(), values, strict=True)
            }


def _as_id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def _is_id(field: Any) -> bool:
    while field.remote_field:
        field = field.target_field
    return isinstance(field, models.UUIDField)


def right(seen: dict[UUID, str], answers: dict[UUID, bool]) -> float:
    """How often the guess learned from every other member is right about the rest."""
    people = list(answers)
    learned: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for pk in people[::2]:
        learned[seen.get(pk, "")][answers[pk]] += 1
    usual = Counter(answers[pk] for pk in people[::2]).most_common(1)[0][0]
    return _share(
        (learned[value].most_common(1)[0][0] if value in learned else usual) == answers[pk]
        for pk, value in ((pk, seen.get(pk, "")) for pk in people[1::2])
    )


def _share(right: Iterable[bool]) -> float:
    found = list(right)
    return sum(found) / len(found)
