"""Short runs of what `make bench` does at length: cut lines, a killed server, killed workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from positivesocials.bench import kills


def test_what_is_sent_over_cut_lines_to_a_server_that_is_killed_arrives_once():
    command = [sys.executable, "-m", "positivesocials.config.cli", "bench", "cuts"]
    words = ["--cuts", "30", "--kills", "2", "--json"]
    unset = {name: "" for name in os.environ if name.startswith("POSITIVESOCIALS_")}

    done = subprocess.run(
        [*command, *words], env={**os.environ, **unset}, capture_output=True, cwd=Path(__file__).parent.parent
    )

    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["cuts"] >= 30
    assert (figures["lost"], figures["doubled"], figures["pages_unlike_the_store"]) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_jobs_whose_workers_are_killed_are_all_done_and_in_effect_once():
    figures = kills.run(kills=10, seed=1)

    assert figures["done"] == figures["marks"] == figures["jobs"]
    assert figures["left"] == 0
