"""A thousand hostile inputs to every form class: it says yes or no and never breaks."""

import pytest
from allauth.core.context import request_context
from django.http import QueryDict
from django.test import RequestFactory

from tests.hostile import forms

COUNT = 1000


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_no_form_breaks(ada, capsys):
    made = forms.makers(ada)
    broken = [each for name, make in made.items() for each in forms.attack(name, make, COUNT)]

    with capsys.disabled():
        print(f"\nhostile: {len(made)} forms, {len(made) * COUNT} inputs, {len(broken)} errors")
    assert broken == []


def test_what_each_form_would_accept_is_accepted(ada):
    """So that one hostile value at a time comes past the others. Two ask more than a value for each field."""
    refusing = {name for name, make in forms.makers(ada).items() if not valid(make)}

    assert {name.rpartition(".")[2] for name in refusing} == {"LogInForm", "ReProveForm"}


def valid(make):
    data = QueryDict(mutable=True)
    for key, value in forms.accepted(make(None)):
        data.appendlist(key, value)
    with request_context(RequestFactory().post("/")):
        return make(data).is_valid()
