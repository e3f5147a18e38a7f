"""What a model's declarations must hold to. Each rule names what is wrong (tests/test_fields.py)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import models
from django_tasks.base import Task

from positivesocials.core import jobs
from positivesocials.core.keeping import FieldClass, Kept, Until, by_field, fields_of, found, kept_by
from positivesocials.vault.fields import Sealed

PLAIN = {FieldClass.MEMBERS, FieldClass.SECRET}
TEXT = (models.CharField, models.TextField, models.JSONField)
# Sealed by other code than a sealed field, under a key that no table holds.
SEALED_BY = {"accounts.Session.data": "accounts.sessions.SessionStore.save"}
# No number of hours or days stands in words: it comes from the constant that the code uses.
TIME = re.compile(r"\d|\b(second|minute|hour|day|week|month|year)s?\b")
# What says something of somebody's body, health or sexuality, as a word of a name or of a choice.
INTIMATE = {
    *("health", "circle", "circles", "sti", "std", "hiv", "hsv", "hpv", "herpes", "syphilis", "hepatitis"),
    *("diagnosis", "condition", "infection", "infected", "status", "viral", "symptom", "symptoms", "prep"),
    *("treatment", "medicine", "medication", "medical", "positive", "undetectable", "vaccine", "pregnant"),
    *("gender", "orientation", "sex", "sexual", "dating", "pronouns", "birth", "age", "harm", "disability"),
}


def name_of(model: type[models.Model], field: str) -> str:
    return f"{model._meta.label}.{field}"


def sealed_field(model: type[models.Model], name: str) -> Sealed:
    field = model._meta.get_field(name)
    assert isinstance(field, Sealed)
    return field


def undeclared(model: type[models.Model]) -> list[str]:
    declared = by_field(model)
    return [name_of(model, field.name) for field in fields_of(model) if field.name not in declared]


def declared_without_field(model: type[models.Model]) -> list[str]:
    names = {field.name for field in fields_of(model)}
    return [name_of(model, name) for name in by_field(model) if name not in names]


def declared_twice(model: type[models.Model]) -> list[str]:
    counts = Counter(name for kept in kept_by(model) for name in kept.fields)
    return [name_of(model, name) for name, count in counts.items() if count > 1]


def _declared(model: type[models.Model]) -> Iterator[tuple[models.Field, Kept]]:
    declared = by_field(model)
    yield from ((field, declared[field.name]) for field in fields_of(model) if field.name in declared)


def without_reason_or_end(model: type[models.Model]) -> list[str]:
    return [name_of(model, f.name) for f, kept in _declared(model) if not kept.why or not kept.until]


def sealed_in_words_only(model: type[models.Model]) -> list[str]:
    """Class and column disagree: "sealed" over a plain column, or a sealed column of another class."""
    return [
        name_of(model, field.name)
        for field, kept in _declared(model)
        if (kept.kind is FieldClass.SEALED) != _is_sealed(model, field)
    ]


def _is_sealed(model: type[models.Model], field: models.Field) -> bool:
    return isinstance(field, Sealed) or name_of(model, field.name) in SEALED_BY


def open_text(model: type[models.Model]) -> list[str]:
    """A text column that is none of sealed, public, a code: somebody could write in it."""
    return [
        name_of(model, field.name)
        for field, kept in _declared(model)
        if isinstance(field, TEXT) and not field.choices
        if kept.kind is FieldClass.MEMBERS and not kept.is_code
    ]


def _words(text: str) -> set[str]:
    return set(re.split(r"[^a-z]+", text.casefold()))


def _is_plain(kept: Kept) -> bool:
    return kept.kind in PLAIN


def speaks_of_the_body(model: type[models.Model]) -> list[str]:
    """A plain column over something intimate, be it a hash or a choice: few values are easily told apart."""
    return [
        name_of(model, field.name)
        for field, kept in _declared(model)
        if _is_plain(kept) and _words(f"{field.name} {field.column or ''} {_choices(field)}") & INTIMATE
    ]


def _choices(field: models.Field) -> str:
    # Their stored values and what they are called: "self-harm" is a word of either.
    return " ".join(f"{value} {label}" for value, label in getattr(field, "flatchoices", None) or [])


def keys_over_sealed(model: type[models.Model]) -> list[str]:
    """An index, unique constraint, check or order over a sealed column, or named for something intimate."""
    sealed = {field.name for field in fields_of(model) if _is_sealed(model, field)}
    single = {
        f.name for f in fields_of(model) if getattr(f, "unique", False) or getattr(f, "db_index", False)
    }
    over = {name: _fields_in(key) for name, key in _keys(model)}
    found = [name_of(model, name) for name in sorted(single & sealed)]
    found += [name_of(model, key) for key, names in over.items() if names & sealed or _words(key) & INTIMATE]
    ordered = {str(name).lstrip("-") for name in model._meta.ordering or ()}
    return found + [name_of(model, name) for name in sorted(ordered & sealed)]


def _keys(model: type[models.Model]) -> Iterator[tuple[str, object]]:
    yield from ((index.name, index) for index in model._meta.indexes)
    yield from ((constraint.name, constraint) for constraint in model._meta.constraints)


def _fields_in(key: object) -> set[str]:
    """Every field that an index or a constraint names, in its list, its expressions or its condition."""
    names = {*getattr(key, "fields", ())} | {*getattr(key, "include", ())}
    names |= {name.lstrip("-") for name, _ in getattr(key, "fields_orders", ())}
    _, _, options = key.deconstruct() if hasattr(key, "deconstruct") else ("", (), {})
    expressions = [*getattr(key, "expressions", ()), options.get("condition")]
    return names | {name.split("__")[0] for part in expressions for name in _names(part)}


def _names(part: object) -> Iterator[str]:
    if isinstance(part, models.F):
        yield str(part.deconstruct()[1][0])
    elif isinstance(part, models.Q):
        for child in part.children:
            yield from [child[0], *_names(child[1])] if isinstance(child, tuple) else _names(child)
    elif hasattr(part, "get_source_expressions"):
        for source in part.get_source_expressions():
            yield from _names(source)


def ends_in_words_only(model: type[models.Model]) -> list[str]:
    """A limit of time, an event or a cascade that the code does not know."""
    return [
        f"{name_of(model, field.name)}: {until.name}"
        for field, kept in _declared(model)
        for until in kept.until
        if not _is_true(until, model, field)
    ]


def _is_true(until: Until, model: type[models.Model], field: models.Field) -> bool:
    if TIME.search(until.words):
        return False
    if until.goes_with:
        return goes_with(model, until.goes_with) or _is_unlinked(field, until.goes_with)
    if until.key_of:
        return isinstance(field, Sealed)
    try:
        return _runs(until, model)
    except (ImportError, AttributeError):
        return False


def _runs(until: Until, model: type[models.Model]) -> bool:
    if not until.after:
        act = found(until.by) if until.by else None
        return act is None or callable(act) or isinstance(act, Task)
    return (until.seconds(model) or 0) > 0 and jobs.is_chore(found(until.by))


def goes_with(model: type[models.Model], label: str) -> bool:
    """Whether deleting the row of `label` takes this one along, over any number of steps."""
    known, waiting = {model}, [model]
    while waiting:
        here = waiting.pop()
        if here._meta.label == label:
            return True
        above = set(_parents(here)) - known
        known |= above
        waiting += above
    return False


def _parents(model: type[models.Model]) -> Iterator[type[models.Model]]:
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE:
            yield field.related_model


def _is_unlinked(field: models.Field, label: str) -> bool:
    if not isinstance(field, models.ForeignKey) or field.remote_field.on_delete is not models.SET_NULL:
        return False
    return goes_with(field.related_model, label)


RULES = [
    undeclared,
    declared_without_field,
    declared_twice,
    without_reason_or_end,
    sealed_in_words_only,
    open_text,
    speaks_of_the_body,
    keys_over_sealed,
    ends_in_words_only,
]


def broken(rule, among: Iterable[type[models.Model]]) -> list[str]:
    return [finding for model in among for finding in rule(model)]
