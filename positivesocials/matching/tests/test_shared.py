"""What processes share in memory: one builds, a killed builder harms nobody, nothing stays behind."""

import fcntl
import os
import signal
import time
from datetime import date

import pytest

from positivesocials.bench.population import population
from positivesocials.matching import index, proposals, selectors, shared
from positivesocials.matching.access import Me
from positivesocials.matching.engine.generation import Generation
from positivesocials.matching.engine.pool import Base
from positivesocials.matching.models import Mode
from positivesocials.matching.proposals import Looked, Pooled
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles.models import Profile

pytestmark = pytest.mark.skipif(not shared._is_in_memory(), reason="no memory-backed storage here")
QUARTER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _nothing_left():
    shared.leave()
    yield
    proposals.forget()
    shared.leave()


@pytest.fixture(scope="module")
def base():
    return Base.of(population(2000).columns)


def ours():
    path = shared.folder()
    assert path is not None
    return path


def newest():
    found = shared.newest()
    assert found is not None
    return found


def files():
    return sorted(path.name for path in ours().glob("generation*"))


def crowd(me):
    return selectors.around(Me(Profile.objects.with_faces().get(pk=me.profile.pk)), Mode.FRIENDS).crowd


def test_the_newest_generation_is_the_only_one_kept(base):
    for number in (3, 4):
        shared.publish(Generation(base, number, QUARTER))

    assert len(files()) == 1
    assert newest().number == 4


def test_who_has_mapped_an_older_one_keeps_it(base):
    older = shared.publish(Generation(base, 3, QUARTER))
    ids = older.base.traits.ids.tobytes()

    shared.publish(Generation(base, 4, QUARTER))

    assert older.base.traits.ids.tobytes() == ids


def test_the_folder_is_for_us_alone():
    assert ours().stat().st_mode & 0o777 == 0o700


def test_a_folder_of_somebody_else_is_not_used(base):
    path = ours()
    shared.leave()
    path.mkdir(mode=0o755)
    path.chmod(0o755)

    try:
        assert shared.folder() is None
        assert shared.publish(Generation(base, 1, QUARTER)).base is base
    finally:
        path.rmdir()


def test_the_last_process_leaves_nothing(base):
    path = ours()
    shared.publish(Generation(base, 1, QUARTER))

    shared.leave()

    assert not path.exists()


def test_what_is_still_used_by_another_process_stays(base):
    path = ours()
    shared.publish(Generation(base, 1, QUARTER))
    with (path / "present").open("a") as another:
        fcntl.flock(another, fcntl.LOCK_SH)

        shared.leave()

        assert newest().number == 1


def test_the_first_process_sweeps_what_a_killed_one_left():
    path = ours()
    (path / "generation-1.99.partial").write_bytes(b"half")
    shared._presence.pop(path).close()

    ours()

    assert files() == []


def test_one_process_builds_at_a_time():
    with shared.only_builder() as first, shared.only_builder() as second:
        assert (first, second) == (True, False)


def test_a_damaged_generation_is_passed_over(base):
    shared.publish(Generation(base, 1, QUARTER))
    (ours() / "generation-2").write_bytes(b"{}\n")

    assert newest().number == 1


def _publish_for_ever(base):
    with shared.only_builder() as is_mine:
        assert is_mine
        for number in range(10, 10_000):
            shared.publish(Generation(base, number, QUARTER))


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded")
@pytest.mark.parametrize("milliseconds", [1, 4, 9, 16, 25, 40])
def test_a_builder_killed_at_any_moment_leaves_a_whole_generation(base, milliseconds):
    shared.publish(Generation(base, 1, QUARTER))
    child = os.fork()
    if child == 0:
        try:
            _publish_for_ever(base)
        finally:
            os._exit(1)
    time.sleep(milliseconds / 1000)

    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)

    # It may have died between putting the new one and dropping the old one: either is whole.
    assert newest().base.traits.ids.tobytes() == base.traits.ids.tobytes()
    with shared.only_builder() as is_mine:
        assert is_mine
        shared.publish(Generation(base, 20_000, QUARTER))
    assert len(files()) == 1


def test_another_process_takes_over_what_was_built(meets, ada, ben, monkeypatch):
    monkeypatch.setattr(proposals, "FROM", 2)
    me, other = meets(ada), meets(ben)
    proposals.build()
    proposals.forget()
    monkeypatch.setattr(proposals, "build", lambda: pytest.fail("It was built already."))

    proposals.tend()

    everyone = crowd(me)
    assert isinstance(everyone, Pooled)
    assert everyone.ids(me.side) == [other.profile.pk]


def test_while_another_builds_everybody_is_looked_at_one_by_one(meets, ada, ben, monkeypatch):
    monkeypatch.setattr(proposals, "FROM", 2)
    me, other = meets(ada), meets(ben)

    with shared.only_builder():
        proposals.tend()

    everyone = crowd(me)
    assert isinstance(everyone, Looked)
    assert everyone.ids(me.side) == [other.profile.pk]


def test_a_generation_from_a_later_world_is_not_taken_over(meets, ada, ben, monkeypatch, base):
    monkeypatch.setattr(proposals, "FROM", 2)
    me = meets(ada)
    meets(ben)
    later = profile_reads.change_number() + 1
    shared.publish(Generation(base, later, index.this_quarter()))

    proposals.tend()

    assert crowd(me).standing.laid_out < later
