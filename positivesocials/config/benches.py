"""`positivesocials bench ...`: runs a benchmark in a throw-away instance and prints its figures."""

import sys
from pathlib import Path

import click

from positivesocials.config.throwaway import Figures, in_a_throw_away_instance, show

_chart = click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), help="Draw the figures into this SVG."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
_seeded = click.option("--seed", default=1, show_default=True, help="The same seed invents the same people.")
_members = click.option("--members", default=100_000, show_default=True, help="Members to invent.")
_turned = click.option(
    "--knob",
    "knobs",
    multiple=True,
    metavar="NAME=VALUE",
    help="Turn one share of the invented population, such as metro=0.3 or reach=0,.2,.2,.2,.2,.1,.1.",
)


@click.group()
def bench() -> None:
    """Measure in a throw-away folder.

    With invented data; no server needs to run.
    """


@bench.command()
@click.option("--pairs", default=200, show_default=True, help="Pairs of sign-ups, known and unknown address.")
@_json
def signup(pairs: int, as_json: bool) -> None:
    """Time sign-ups of known addresses.

    Beside sign-ups of unknown ones, in pairs: the ratio must be near 1, or the time betrays members.
    """

    def run() -> Figures:
        from positivesocials.bench import signup as measured

        return measured.run(pairs=pairs)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--keys", default=100_000, show_default=True, help="Data keys to wrap anew.")
@_json
def rotation(keys: int, as_json: bool) -> None:
    """Time a change of the master key.

    Over this many data keys, with a reader that opens keys all the while.
    """

    def run() -> Figures:
        from positivesocials.bench import rotation as measured

        return measured.run(keys=keys)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option(
    "--messages", type=click.IntRange(1, 50), default=50, show_default=True, help="Messages on the page."
)
@click.option("--rounds", default=100, show_default=True, help="Times the page is asked for, in each pass.")
@_json
def sealing(messages: int, rounds: int, as_json: bool) -> None:
    """Time what sealing costs a conversation.

    Its page, in turns with opening alone what the page opens: keys, messages, names and the session.
    """

    def run() -> Figures:
        from positivesocials.bench import sealing as measured

        return measured.run(messages=messages, rounds=rounds)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--members", default=10_000, show_default=True, help="Invented members.")
@_json
def frequencies(members: int, as_json: bool) -> None:
    """Guess without a key who chose what.

    From every stored value and length of this many members; the best guess must be no better than chance.
    """

    def run() -> Figures:
        from positivesocials.bench import frequencies as measured

        return measured.run(members=members)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@_members
@_turned
@_seeded
@_chart
@_json
def matching(members: int, knobs: tuple[str, ...], seed: int, chart: Path | None, as_json: bool) -> None:
    """Time the search for people who fit.

    Beside a plain scan of everybody, which must find the same ones.
    """

    def run() -> Figures:
        from positivesocials.bench import matching as measured
        from positivesocials.bench.population import Knobs

        figures = measured.run(members=members, seed=seed, knobs=Knobs.turned(knobs))
        if chart:
            measured.draw(figures, chart)
        return figures

    show(in_a_throw_away_instance(run, with_rows=False), as_json=as_json)


@bench.command()
@click.option("--events", default=100_000, show_default=True, help="Changes of people while another looks.")
@_json
def changes(events: int, as_json: bool) -> None:
    """Change people while somebody looks.

    Nobody who hid, left or was blocked may be shown after that was committed.
    """

    def run() -> Figures:
        from positivesocials.bench import changes as measured

        return measured.run(events=events)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@_members
@click.option("--viewers", default=200, show_default=True, help="Members who ask for the page.")
@_turned
@_seeded
@_chart
@_json
def suggestions(
    members: int, viewers: int, knobs: tuple[str, ...], seed: int, chart: Path | None, as_json: bool
) -> None:
    """Time the page of people.

    As it is served, with all these members in the database.
    """

    def run() -> Figures:
        from positivesocials.bench import suggestions as measured
        from positivesocials.bench.population import Knobs

        figures = measured.run(members=members, viewers=viewers, seed=seed, knobs=Knobs.turned(knobs))
        if chart:
            measured.draw(figures, chart)
        return figures

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@_members
@click.option("--processes", default=2, show_default=True, help="Processes that must find the same.")
@_turned
@_seeded
@_chart
@_json
def introductions(
    members: int, processes: int, knobs: tuple[str, ...], seed: int, chart: Path | None, as_json: bool
) -> None:
    """Spread a day's attention over everybody.

    Beside the order that only looks at who may please both.
    """

    def run() -> Figures:
        from positivesocials.bench import introductions as measured
        from positivesocials.bench.population import Knobs

        turned = Knobs.turned(knobs)
        figures = measured.run(members=members, seed=seed, processes=processes, knobs=turned)
        if chart:
            measured.draw(figures, chart)
        return figures

    show(in_a_throw_away_instance(run, with_rows=False), as_json=as_json)


@bench.command()
@click.option("--victims", default=300, show_default=True, help="People whom the attackers look for.")
@click.option("--requests", default=1000, show_default=True, help="Questions asked in each of two worlds.")
@_seeded
@_chart
@_json
def location(victims: int, requests: int, seed: int, chart: Path | None, as_json: bool) -> None:
    """Let attackers look for people.

    The best of them may come no closer than one who is told the area.
    """

    def run() -> Figures:
        from positivesocials.bench import location as measured

        figures = measured.run(victims=victims, requests=requests, seed=seed)
        if chart:
            measured.draw(figures, chart)
        return figures

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--documents", default=20_000, show_default=True, help="Published texts to search in.")
@_seeded
@_json
def pages(documents: int, seed: int, as_json: bool) -> None:
    """Ask for guides as guests do, and search.

    Kept and drawn anew, how many a second, the bytes of a first visit, and pages of what was found.
    """

    def run() -> Figures:
        from positivesocials.bench import pages as measured

        return measured.run(command=_serving, documents=documents, seed=seed)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--sockets", default=1000, show_default=True, help="Open pages, one a member.")
@click.option("--seconds", default=120, show_default=True, help="How long they write to each other.")
@click.option("--rate", default=20, show_default=True, help="Messages a second.")
@_chart
@_json
def messaging(sockets: int, seconds: int, rate: int, chart: Path | None, as_json: bool) -> None:
    """Let many open pages hear each other.

    On one server in a process of its own: what is lost or doubled, how long it takes, and memory a socket.
    """

    def run() -> Figures:
        from positivesocials.bench import messaging as measured

        figures = measured.run(sockets=sockets, seconds=seconds, rate=rate, command=_serving)
        if chart:
            measured.draw(figures, chart)
        return figures

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--messages", default=10_000, show_default=True, help="Messages in the conversation.")
@_json
def conversation(messages: int, as_json: bool) -> None:
    """Time a long conversation.

    Its newest page, the page before and what is asked for when something new was written, as they are served.
    """

    def run() -> Figures:
        from positivesocials.bench import conversation as measured

        return measured.run(messages=messages)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--cuts", default=500, show_default=True, help="Posts whose line is cut.")
@click.option("--kills", default=100, show_default=True, help="Times the server is killed while they write.")
@_seeded
@_json
def cuts(cuts: int, kills: int, seed: int, as_json: bool) -> None:
    """Cut lines and kill the server.

    While people write: everything answered must be stored once, and every page must show what is stored.
    """

    def run() -> Figures:
        from positivesocials.bench import cuts as measured

        return measured.run(cuts=cuts, kills=kills, seed=seed, command=_serving)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--kills", default=300, show_default=True, help="Workers to kill in the middle of jobs.")
@_seeded
@_json
def kills(kills: int, seed: int, as_json: bool) -> None:
    """Kill workers in the middle of jobs.

    In the end every job must be done, in effect once.
    """

    def run() -> Figures:
        from positivesocials.bench import kills as measured

        return measured.run(kills=kills, seed=seed)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--members", default=10_000, show_default=True, help="Addresses that get the letter.")
@click.option("--kills", default=0, show_default=True, help="Times the sender is killed meanwhile.")
@_seeded
@_json
def newsletter(members: int, kills: int, seed: int, as_json: bool) -> None:
    """Send a letter to many.

    To a mail server on this machine that only counts: nobody may get it twice, whoever is killed.
    """

    def run() -> Figures:
        from positivesocials.bench import newsletter as measured

        return measured.run(members=members, kills=kills, seed=seed)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@click.option("--documents", default=20_000, show_default=True, help="Published texts to invent.")
@_seeded
@_json
def search(documents: int, seed: int, as_json: bool) -> None:
    """Time searches.

    Whole pages and suggestions over this many texts and the newest sealed posts, on the database that is set.
    """

    def run() -> Figures:
        from positivesocials.bench import searching as measured

        return measured.run(documents=documents, seed=seed)

    show(in_a_throw_away_instance(run), as_json=as_json)


@bench.command()
@_members
@click.option("--posts", default=1_000_000, show_default=True, help="Posts to invent.")
@click.option("--groups", default=5000, show_default=True, help="Groups, a few large and many small.")
@_seeded
@_json
def community(members: int, posts: int, groups: int, seed: int, as_json: bool) -> None:
    """Time the feed, groups and threads.

    Whole pages of members of 200 groups, on the database that is set.
    """

    def run() -> Figures:
        from positivesocials.bench import community as measured

        return measured.run(members=members, posts=posts, groups=groups, seed=seed)

    show(in_a_throw_away_instance(run), as_json=as_json)


def _serving(port: int) -> list[str]:
    """The command that serves this instance as it is."""
    words = f"from positivesocials.config.server import serve; serve('127.0.0.1', {port})"
    return [sys.executable, "-c", words]
