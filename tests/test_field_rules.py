"""The rules of tests/field_rules.py can fail: invented models, each wrong in one way, and each named."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from positivesocials.core.keeping import AUTHOR, SITE, Until, coded, keeps, members, public, sealed, secret
from positivesocials.vault.fields import SealedText
from tests import field_rules as rules

WHY = {"why": "a reason", "until": SITE}


def _invent(*kept, **attributes):
    meta = type("Meta", (), {"app_label": "invented", **attributes.pop("meta", {})})
    body = {"__module__": "positivesocials.invented.models", "Meta": meta, **attributes}
    with isolate_apps("positivesocials.core"):
        return keeps(*kept)(type("Invented", (models.Model,), body))


def _wrong():
    text = models.CharField(max_length=9)
    moment = models.Index(fields=["said"], name="invented_said")
    circle = models.Index(fields=["at"], name="invented_by_circle")
    once = models.UniqueConstraint(fields=["at"], condition=models.Q(said__isnull=True), name="invented_once")
    said = {"said": SealedText(), "at": models.DateTimeField()}
    seal = sealed("said", **WHY)
    when = members("at", **WHY)
    answers = models.CharField(max_length=9, choices=[("a", "Living with HIV"), ("b", "Neither")])
    made_up = Until("made_up", "after it", after="replies.services.KEEP_FOREVER", by="replies.services.erase")
    no_job = Until("no_job", "after it", after="replies.services.KEEP_ADDRESS", by="replies.services.erase")
    no_act = Until("no_act", "it is removed", by="replies.services.obliterate")
    in_words = Until("in_words", "30 days have passed")
    no_row = Until("no_row", "the account is erased", goes_with="accounts.Account")
    return {
        "a field without a line": (rules.undeclared, "said", _invent(said=text)),
        "a line without a field": (rules.declared_without_field, "said", _invent(members("said", **WHY))),
        "two lines for a field": (
            rules.declared_twice,
            "said",
            _invent(seal, secret("said", **WHY), said=text),
        ),
        "no reason": (
            rules.without_reason_or_end,
            "said",
            _invent(public("said", why="", until=SITE), said=text),
        ),
        "no end": (rules.without_reason_or_end, "said", _invent(public("said", why="a reason"), said=text)),
        "sealed in words": (rules.sealed_in_words_only, "said", _invent(seal, said=text)),
        "bytes said to be sealed": (
            rules.sealed_in_words_only,
            "said",
            _invent(seal, said=models.BinaryField()),
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
        "a choice": (rules.speaks_of_the_body, "said", _invent(members("said", **WHY), said=answers)),
        "a code": (
            rules.speaks_of_the_body,
            "gender",
            _invent(coded("gender", **WHY), gender=models.CharField(max_length=9)),
        ),
        "an index": (
            rules.keys_over_sealed,
            "invented_said",
            _invent(seal, when, **said, meta={"indexes": [moment]}),
        ),
        "an index by name": (
            rules.keys_over_sealed,
            "invented_by_circle",
            _invent(seal, when, **said, meta={"indexes": [circle]}),
        ),
        "a constraint": (
            rules.keys_over_sealed,
            "invented_once",
            _invent(seal, when, **said, meta={"constraints": [once]}),
        ),
        "a unique column": (rules.keys_over_sealed, "said", _invent(seal, said=SealedText(unique=True))),
        "an order": (
            rules.keys_over_sealed,
            "said",
            _invent(seal, when, **said, meta={"ordering": ["-said"]}),
        ),
        **{
            f"an end that is not so: {end.name}": (
                rules.ends_in_words_only,
                f"at: {end.name}",
                _invent(members("at", why="a reason", until=end), at=models.DateTimeField()),
            )
            for end in (made_up, no_job, no_act, in_words, no_row, AUTHOR)
        },
    }


WRONG = _wrong()


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
