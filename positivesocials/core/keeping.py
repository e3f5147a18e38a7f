"""What a model keeps: for each field its class, why it is kept, and until when. Declared beside the model.

- public: anybody may read it.
- members: plain on disk under random ids; shown to whom the access policy lets, and to nobody else.
- sealed: ciphertext on disk; opens with its owner's key only.
- secret: hashes, wrapped keys, blind indexes; never shown to anybody.

`tests/test_fields.py` holds every field to it, and the record of processing is printed from it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from functools import reduce
from importlib import import_module
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import ngettext, override

Model = type[models.Model]
M = TypeVar("M", bound=models.Model)
PACKAGE = "positivesocials"
REST = "*"


class FieldClass(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    SEALED = "sealed"
    SECRET = "secret"  # noqa: S105 - The name of a class.


@dataclass(frozen=True)
class Until:
    """When something ends. Says by what, so that no end is only words:

    - `by`: the function that ends it, as "replies.services.erase"; with a period, a housekeeping job.
    - `after`: where the period stands, as "replies.services.KEEP_ADDRESS", ".KEEP" (on the model itself) or
      "settings.SESSION_COOKIE_AGE". `words` then go on from it: "after the reply".
    - `goes_with`: the model whose row takes this one along (`on_delete=CASCADE`, all the way).
    - `key_of`: the model whose key is shredded; what is left is ciphertext that nobody opens.
    - none of these: nothing ends it but the operator.

    `name` and `what` tell programs and people about it on the pages of the site.
    """

    name: str
    words: str
    by: str = ""
    after: str = ""
    goes_with: str = ""
    key_of: str = ""
    what: str | Promise = ""

    def seconds(self, model: Model | None = None) -> int | None:
        if not self.after:
            return None
        period = found(self.after, model)
        return int(period.total_seconds() if isinstance(period, timedelta) else period)

    def sentence(self, model: Model | None = None) -> str:
        """In English, for the record and for programs."""
        seconds = self.seconds(model)
        with override("en"):
            return f"until {self.words}" if seconds is None else f"{how_long(seconds)} {self.words}"


@dataclass(frozen=True)
class Kept:
    """Fields of one model that are alike. `is_code`: words of the program from a closed list, never typed."""

    kind: FieldClass
    fields: tuple[str, ...]
    why: str
    until: tuple[Until, ...] = ()
    is_code: bool = False


SITE = Until("site", "the operator removes it")
ACCOUNT = Until("account", "the account is erased", goes_with="accounts.Account")
AUTHOR = Until("author", "its author's account is erased, with the key", key_of="accounts.Account")

Ends = Until | tuple[Until, ...]


def _ends(until: Ends) -> tuple[Until, ...]:
    return until if isinstance(until, tuple) else (until,)


def public(*fields: str, why: str, until: Ends = ()) -> Kept:
    return Kept(FieldClass.PUBLIC, fields, why, _ends(until))


def members(*fields: str, why: str, until: Ends = ()) -> Kept:
    return Kept(FieldClass.MEMBERS, fields, why, _ends(until))


def coded(*fields: str, why: str, until: Ends = ()) -> Kept:
    """Class members, in a text column that holds words of the program only."""
    return Kept(FieldClass.MEMBERS, fields, why, _ends(until), is_code=True)


def sealed(*fields: str, why: str, until: Ends = ()) -> Kept:
    return Kept(FieldClass.SEALED, fields, why, _ends(until))


def secret(*fields: str, why: str, until: Ends = ()) -> Kept:
    return Kept(FieldClass.SECRET, fields, why, _ends(until))


def keeps(*kept: Kept, until: Ends = ()) -> Callable[[type[M]], type[M]]:
    """Declare what a model keeps; `until` holds for whatever names none. Primary keys need no line."""
    whole = _until_otherwise(kept, until)

    def declare(model: type[M]) -> type[M]:
        model._keeps = whole  # type: ignore[attr-defined]
        return model

    return declare


def _until_otherwise(kept: tuple[Kept, ...], until: Ends) -> tuple[Kept, ...]:
    return tuple(one if one.until else replace(one, until=_ends(until)) for one in kept)


Tables = dict[str, tuple[Kept, ...]]


def tables(*labels: str, keeps: tuple[Kept, ...], until: Ends = ()) -> Tables:
    """Models of a library that are alike. `REST` as a field stands for all that have no line of their own."""
    return dict.fromkeys(labels, _until_otherwise(keeps, until))


def is_ours(model: Model) -> bool:
    return model.__module__.startswith(f"{PACKAGE}.")


def kept_by(model: Model) -> tuple[Kept, ...]:
    """What the model declares; for a library's, its table."""
    own: tuple[Kept, ...] = model.__dict__.get("_keeps", ())
    return own if is_ours(model) else _of_libraries().get(model._meta.label, ())


def _of_libraries() -> Tables:
    named: Tables = import_string(settings.KEPT_BY_LIBRARIES)
    return named


def fields_of(model: Model) -> list[Any]:
    """The model's own columns and links; keys of rows are random ids and say nothing."""
    own = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    return [field for field in own if not field.primary_key]


def by_field(model: Model) -> dict[str, Kept]:
    kept = kept_by(model)
    named = {name: one for one in kept for name in one.fields if name != REST}
    rest = next((one for one in kept if REST in one.fields), None)
    return named | {f.name: rest for f in fields_of(model) if rest and f.name not in named}


def ends_of(model: Model) -> Iterator[Until]:
    for kept in kept_by(model):
        yield from kept.until


@dataclass(frozen=True)
class End:
    """One way in which something ends on this site."""

    until: Until
    seconds: int | None
    sentence: str

    @property
    def how_long(self) -> str:
        return "" if self.seconds is None else how_long(self.seconds)


def ends_here() -> list[End]:
    """Every way in which something ends, once each; first those after a time, from short to long."""
    each = {end.name: (end, model) for model in apps.get_models() for end in ends_of(model)}
    ends = [End(end, end.seconds(model), end.sentence(model)) for end, model in each.values()]
    return sorted(ends, key=lambda end: (end.seconds is None, end.seconds, end.until.name))


def found(path: str, model: Model | None = None) -> Any:
    """What stands at a path as `Until` writes it; ImportError or AttributeError if nothing does."""
    if path.startswith("."):
        return getattr(model, path[1:])
    if path.startswith("settings."):
        return getattr(settings, path.partition(".")[2])
    parts = path.split(".")
    # The longest part that is a module; the rest are names in it.
    for end in range(len(parts) - 1, 0, -1):
        try:
            module = import_module(".".join([PACKAGE, *parts[:end]]))
        except ModuleNotFoundError:
            continue
        return reduce(getattr, parts[end:], module)
    raise ImportError(path)


def how_long(seconds: int) -> str:
    hours = seconds // 3600
    if not hours:
        minutes = seconds // 60
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if hours <= 72:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return ngettext("%(count)s day", "%(count)s days", hours // 24) % {"count": hours // 24}
