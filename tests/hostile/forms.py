"""Every form class there is, with what it takes besides what was typed, and what its fields accept."""

import inspect
import pkgutil
import random
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any
from uuid import uuid4

from allauth.core.context import request_context
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory

import positivesocials
from positivesocials.accounts.forms import (
    DeclarationsForm,
    JoinByPasskeyForm,
    JoinForm,
    JoinProvenForm,
    LogInForm,
    ReProveForm,
)
from positivesocials.articles.forms import TranslationForm
from positivesocials.articles.translating import Pair, Piece
from positivesocials.claims.forms import Ticks
from positivesocials.core.forms import LookForm
from positivesocials.events.forms import AnswerForm as AttendForm
from positivesocials.feed.forms import QuestionForm
from positivesocials.groups.forms import JoinForm as GroupsJoinForm
from positivesocials.groups.forms import PostForm
from positivesocials.groups.photo_forms import PostPhotosForm, Waiting
from positivesocials.groups.post_forms import TalkReplyForm
from positivesocials.home.forms import FirstOperatorForm
from positivesocials.matching.forms import AnswerForm, WishesForm
from positivesocials.matching.models import Mode
from positivesocials.matching.questions import QUESTIONS
from positivesocials.matching.wishes import Wishes
from positivesocials.messaging.photo_forms import SentPhotoForm
from positivesocials.moderation.forms import ReportForm
from positivesocials.newsletter.forms import WordsForm
from positivesocials.newsletter.models import Issue, Topic
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.forms import ChoiceForm
from positivesocials.profiles.check_forms import PeopleForm, SelfieForm
from positivesocials.profiles.facets import Facets, Person
from positivesocials.profiles.forms import SECTIONS, NamesForm, Section
from positivesocials.profiles.photo_forms import PhotoForm
from positivesocials.profiles.selectors import Named
from positivesocials.replies import quotes
from positivesocials.replies.forms import AliasReplyForm, VoiceReplyForm
from positivesocials.replies.selectors import Voice
from tests.hostile import inputs

Make = Callable[[Any], forms.BaseForm]
# What others are built on.
FILES = ("forms", "photo_forms", "check_forms", "opener_forms", "group_forms", "post_forms")
GROUND = {LookForm, Section, DeclarationsForm}


def classes() -> set[type[forms.BaseForm]]:
    """Every form that a context offers. Those of Wagtail's desk are Wagtail's."""
    found: set[type[forms.BaseForm]] = set()
    for app in pkgutil.iter_modules(positivesocials.__path__):
        for name in FILES:
            found |= _within(f"positivesocials.{app.name}.{name}")
    return {each for each in found - GROUND if not each.__name__.startswith("_")}


def _within(name: str) -> set[type[forms.BaseForm]]:
    try:
        module = import_module(name)
    except ModuleNotFoundError:
        return set()
    own = [thing for _, thing in inspect.getmembers(module, inspect.isclass)]
    return {thing for thing in own if issubclass(thing, forms.BaseForm) and thing.__module__ == name}


def makers(account: Any) -> dict[str, Make]:
    """How each is made, under a name of its own; some are made in more than one way."""
    request = RequestFactory().post("/")
    voices = [Voice(uuid4(), "Ada", False), Voice(uuid4(), "Heron", True)]
    terms = {"terms_url": "/terms/"}
    Topic.objects.get_or_create(name="Evenings")
    special: dict[type[forms.BaseForm], dict[str, Any]] = {
        JoinForm: terms,
        JoinByPasskeyForm: terms,
        JoinProvenForm: terms,
        FirstOperatorForm: terms,
        LogInForm: {"request": request},
        ReProveForm: {"user": account},
        AnswerForm: {"question": QUESTIONS[1], "answer": None},
        PeopleForm: {"people": [("a.0", "Ben"), ("a.1", "Cleo")]},
        PhotoForm: {"files": {"picture": SimpleUploadedFile("me.jpg", b"no picture")}},
        PostPhotosForm: {"files": {"picture": SimpleUploadedFile("me.jpg", b"no picture")}},
        SentPhotoForm: {"files": {"picture": SimpleUploadedFile("me.jpg", b"no picture")}},
        SelfieForm: {"files": {"picture": SimpleUploadedFile("me.jpg", b"no picture")}},
        ChoiceForm: {"choice": Choice()},
        AttendForm: {"own_name": "Ada"},
        PostForm: {"own_name": "Ada"},
        GroupsJoinForm: {"questions": ["What brings you here?"]},
        QuestionForm: {"weeks": [date(2026, 11, 30)]},
        ReportForm: {"has_before": True},
        WordsForm: {"issue": Issue()},
        VoiceReplyForm: {"voices": voices},
        TalkReplyForm: {"voices": voices, "people": [quotes.Person(uuid4(), "Ben", False)]},
        AliasReplyForm: {"voices": voices[:1]},
    }
    made: dict[str, Make] = {}
    for kind in sorted(
        classes() - {WishesForm, NamesForm, TranslationForm, *SECTIONS.values()},
        key=lambda each: each.__qualname__,
    ):
        made[f"{kind.__module__}.{kind.__name__}"] = _maker(kind, **special.get(kind, {}))
    pairs = [
        Pair(Piece(key, key, "Words."), None, has_changed=True) for key in ("_title", "_summary", "signs")
    ]
    made["TranslationForm"] = _maker(TranslationForm, pairs, "ar")
    couple = Facets(about=(Person(), Person()))
    made["NamesForm"] = _maker(NamesForm, [Named(uuid4(), "Ada")], couple, couple.part(0))
    for mode in Mode.values:
        made[f"WishesForm in {mode}"] = _maker(WishesForm, mode, Wishes.start(mode))
    for name, section in SECTIONS.items():
        more = {"consented": False, "wording": "Yes"} if name == "circles" else {}
        made[section.__name__] = _maker(section, "couple", Facets(), Facets(), **more)
    return made


def _maker(kind: Any, *before: Any, **more: Any) -> Make:
    return lambda data: kind(*before, data, **more)


def accepted(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Something valid for every field, as a browser would send it."""
    return [(form.add_prefix(name), _good(name, field)) for name, field in form.fields.items()]


def _good(name: str, field: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        grouped = [within if isinstance(within, list) else [(value, within)] for value, within in choices]
        return str(next((value for group in grouped for value, _ in group if value), ""))
    by_type = {
        forms.URLField: "https://example.org/",
        forms.EmailField: "name@example.org",
        forms.UUIDField: str(uuid4()),
        forms.BooleanField: "on",
        forms.DateField: "2027-03-01",
        Ticks: f"{uuid4()}:1",
        Waiting: str(uuid4()),
    }
    known = {"birth_year": "1987", "salt": "00ff00ff00ff00ff", "password": "a long enough sentence"}
    known |= {"town": "gb-leeds", "key": "hiv.testing.home-test", "year": "2026"}
    known |= {"kind": "guide", "seen": "0123456789abcdef"}
    known |= dict.fromkeys(("at", "seen_at"), "2099-01-31T09:00")
    known |= {"begins": "19:00", "ends": "21:00", "option": "1"}
    found = next(
        (value for kind, value in by_type.items() if isinstance(field, kind)), "Marmalade on a Tuesday"
    )
    return known.get(name, "30" if isinstance(field, forms.IntegerField) else found)


def _as_sent(text: str) -> str:
    """As it comes out of a request: what is not UTF-8 was replaced."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def attack(name: str, make: Make, count: int) -> list[str]:
    """What broke: a form has only ever to say yes or no."""
    base, broken = accepted(make(None)), []
    for number in range(count):
        draw = random.Random(f"{name} {number}")
        data = QueryDict(mutable=True)
        for key, value in inputs.changed(draw, base):
            data.appendlist(_as_sent(key), _as_sent(value))
        try:
            with request_context(RequestFactory().post("/")):
                form = make(data)
                form.is_valid()
            "".join(str(text) for found in form.errors.values() for text in found)
        except Exception as error:
            broken.append(f"{name}: {type(error).__name__} for {dict(data)!r:.300}")
    return broken
