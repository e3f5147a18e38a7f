"""`positivesocials jobs` as an operator types it."""

import json
import os

import pytest

from positivesocials.config.tests.instances import command

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("POSITIVESOCIALS_DATABASE_URL")), reason="starts instances of its own on SQLite"
)


def test_the_jobs_of_a_new_site(instance):
    """Its first articles are still to be indexed."""
    words = command(instance, "jobs").stdout

    told = json.loads(command(instance, "jobs", "--json").stdout)

    assert words.startswith(f"{told['waiting']} waiting, the oldest for ")
    assert [kind["waiting"] for kind in told["kinds"]] != []
    assert (told["given_up"], told["failures"]) == (0, [])
