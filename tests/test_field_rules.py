"""The rules of tests/field_rules.py can fail: invented models, each wrong in one way, and each named."""

from typing import Any

import pytest
from django.db import models
from django.test.utils import isolate_apps

from positivesocials.core.keeping import AUTHOR, SITE, Until, coded, keeps, members, public, sealed, secret
from positivesocials.vault.fields import SealedText
from tests import field_rules as rules

WHY: dict[str, Any] = {"why": "a reason", "until": SITE}


def _invent(*kept, **attributes):
    meta = type("Meta", (), {"app_label": "invented", **attributes.pop("meta", {})})
    body = {"__module__": "positivesocials.invented.models", "Meta": meta, **attributes}
    with isolate_apps("positivesocials.core"):
        return keeps(*kept)(type("Invented", (models.Model,), body))


TEXT = models.CharField(max_length=9)
MOMENT = models.Index(fields=["said"], name="invented_said")
CIRCLE = models.Index(fields=["at"], name="invented_by_circle")
ONCE = models.UniqueConstraint(fields=["at"], condition=models.Q(said__isnull=True), name="invented_once")
SAID = {"said": SealedText(), "at": models.DateTimeField()}
SEAL = sealed("said", **WHY)
WHEN = members("at", **WHY)
ANSWERS = models.CharField(max_length=9, choices=[("a", "Living with HIV"), ("b", "Neither")])
NOT_SO = [
    Until("made_up", "after it", after="replies.services.KEEP_FOREVER", by="replies.services.erase"),
    Until("no_job", "after it", after="replies.services.KEEP_ADDRESS", by="replies.services.erase"),
    Until("no_act", "it is removed", by="replies.services.obliterate"),
    Until("in_words", "30 days have passed"),
    Until("no_row", "the account is erased", goes_with="accounts.Account"),
    AUTHOR,
]
WRONG = {
    "a field without a line": (rules.undeclared, "said", _invent(said=TEXT)),
    "a line without a field": (rules.declared_without_field, "said", _invent(members("said", **WHY))),
    "two lines for a field": (
        rules.declared_twice,
        "said",
        _invent(SEAL, secret("said", **WHY), said=TEXT),
    ),
    "no reason": (
        rules.without_reason_or_end,
        "said",
        _invent(public("said", why="", until=SITE), said=TEXT),
    ),
    "no end": (rules.without_reason_or_end, "said", _invent(public("said", why="a reason"), said=TEXT)),
    "sealed in words": (rules.sealed_in_words_only, "said", _invent(SEAL, said=TEXT)),
    "bytes said to be sealed": (
        rules.sealed_in_words_only,
        "said",
        _invent(SEAL, said=models.BinaryField()),
    ),
    "sealed, said to be public": (
        rules.sealed_in_words_only,
        "said",
        _invent(public("said", **WHY), said=SealedText()),
    ),
    "plain text": (rules.open_text, "said", _invent(members("said", **WHY), said=models.TextField())),
    "plain data": (rules.open_text, "said", _invent(members("said", **WHY), said=models.JSONField())),
    "a plain column": (
        rules.speaks_of_the_body,
        "hiv_status",
        _invent(members("hiv_status", **WHY), hiv_status=models.BooleanField()),
    ),
    "a hash": (
        rules.speaks_of_the_body,
        "circle_hash",
        _invent(secret("circle_hash", **WHY), circle_hash=models.CharField(max_length=64)),
    ),
    "a choice": (rules.speaks_of_the_body, "said", _invent(members("said", **WHY), said=ANSWERS)),
    "a code": (
        rules.speaks_of_the_body,
        "gender",
        _invent(coded("gender", **WHY), gender=models.CharField(max_length=9)),
    ),
    "an index": (
        rules.keys_over_sealed,
        "invented_said",
        _invent(SEAL, WHEN, **SAID, meta={"indexes": [MOMENT]}),
    ),
    "an index by name": (
        rules.keys_over_sealed,
        "invented_by_circle",
        _invent(SEAL, WHEN, **SAID, meta={"indexes": [CIRCLE]}),
    ),
    "a constraint": (
        rules.keys_over_sealed,
        "invented_once",
        _invent(SEAL, WHEN, **SAID, meta={"constraints": [ONCE]}),
    ),
    "a unique column": (rules.keys_over_sealed, "said", _invent(SEAL, said=SealedText(unique=True))),
    "an order": (
        rules.keys_over_sealed,
        "said",
        _invent(SEAL, WHEN, **SAID, meta={"ordering": ["-said"]}),
    ),
    **{
        f"an end that is not so: {end.name}": (
            rules.ends_in_words_only,
            f"at: {end.name}",
            _invent(members("at", why="a reason", until=end), at=models.DateTimeField()),
        )
        for end in NOT_SO
    },
}


@pytest.mark.parametrize("what", WRONG)
def test_a_model_that_is_wrong_is_named(what):
    rule, field, model = WRONG[what]

    assert rule(model) == [f"invented.Invented.{field}"]


def test_a_library_without_a_line_is_named():
    unknown = type("Meta", (), {"app_label": "elsewhere"})
    with isolate_apps("positivesocials.core"):
        model = type(
            "Log", (models.Model,), {"__module__": "elsewhere", "Meta": unknown, "ip": models.CharField()}
        )

    assert rules.undeclared(model) == ["elsewhere.Log.ip"]
