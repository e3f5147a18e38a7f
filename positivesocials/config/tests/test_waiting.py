"""`positivesocials jobs` as an operator types it."""

import json
import os

import pytest

from positivesocials.config.tests.instances import command

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("POSITIVESOCIALS_DATABASE_URL")), reason="starts instances of its own on SQLite"
)


def test_the_jobs_of_a_quiet_site(instance):
    assert command(instance, "jobs").stdout == "Nothing waits.\n"

    told = json.loads(command(instance, "jobs", "--json").stdout)

    assert told == {"waiting": 0, "oldest_seconds": 0, "given_up": 0, "kinds": [], "failures": []}
