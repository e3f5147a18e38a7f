"""The console command `positivesocials`: what an operator does, one command each."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import django

from positivesocials import __version__
from positivesocials.config import env
from positivesocials.config.trouble import Trouble


class Commands(click.Group):
    """A group whose commands end with one sentence and status 2 when something is wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            click.echo(trouble.sentence, err=True)
            sys.exit(2)


def _say(sentence: str) -> None:
    click.echo(f"  {sentence}", err=True)


def _ready(*, prepare: bool = True) -> None:
    """Start Django, and bring the instance up to date unless a command only looks."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")
    django.setup()
    from positivesocials.config import start

    if prepare:
        start.prepare(_say)


def _refusals_as_trouble(call: Callable[[], Any]) -> Any:
    from positivesocials.core.refusals import Refused

    try:
        return call()
    except Refused as refused:
        raise Trouble(refused.message) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="positivesocials")
def main() -> None:
    """Run an instance of PositiveSocials.

    Where data and keys live, and which port is used, is set by environment variables: POSITIVESOCIALS_DATA,
    POSITIVESOCIALS_KEYS, PORT and those in docs/settings.md.
    """
    # Nobody else on the machine reads what we write.
    os.umask(0o077)


def _host(command: Callable[..., None]) -> Callable[..., None]:
    words = "Address to listen on; POSITIVESOCIALS_HOST sets it too."
    return click.option("--host", default=lambda: env.read().host, show_default="127.0.0.1", help=words)(
        command
    )


@main.command()
@_host
def run(host: str) -> None:
    """Prepare if needed, then serve.

    Refuses where that would be unsafe. Stops at Ctrl+C, when what was begun is finished.
    """
    from positivesocials.config import server

    port = env.read().port
    if port < 0:
        raise Trouble("PORT must be a number from 1 to 65535.")
    if env.read().demo and host != server.LOOPBACK:
        raise Trouble(
            "A demo listens on 127.0.0.1 only: leave --host out, or run without POSITIVESOCIALS_DEMO."
        )
    _ready(prepare=False)
    from positivesocials.config import checks, start, welcome

    checks.refuse_unsafe_start(host)
    server.refuse_port_in_use(host, port)
    start.prepare(_say)

    if env.read().demo:
        _seed()
    with server.only_server_of(env.read().data):
        click.echo(welcome.text(port))
        server.serve(host, port)


@main.command()
def migrate() -> None:
    """Bring everything up to date.

    That is: folders, keys, databases, guides and static files. Does not serve.
    """
    _ready()
    click.echo("Up to date.")


@main.command("seed-demo")
def seed_demo() -> None:
    """Invent a demo's community.

    Refuses anywhere but in a demo instance. Repeating changes nothing.
    """
    _ready()
    click.echo("The demo community is there." if _seed() else "The demo community was there already.")


def _seed() -> bool:
    from positivesocials.demo import services as demo

    with click.progressbar(length=demo.STEPS, label="  Inviting the demo community", file=sys.stderr) as bar:
        return bool(_refusals_as_trouble(lambda: demo.seed(step=lambda: bar.update(1))))


@main.command("import-article")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_article(file: Path) -> None:
    """Turn a text FILE into a news post.

    The first line is the headline; what stands after a "|" in it is the category. Then come the standfirst
    and the body, up to "Leave a Reply". Repeating an import changes nothing.
    """
    _ready()
    from positivesocials.articles import services as articles

    result = _refusals_as_trouble(lambda: articles.import_article(file))
    click.echo(result.sentence)


@main.command()
@_host
@click.option("--line", "look_at_line", is_flag=True, help="Look at the site's HTTPS and around it, too.")
def check(host: str, look_at_line: bool) -> None:
    """Say what is unsafe or unfinished.

    Status 1 if anything is. Says of each whether `run` refuses to start with it.
    """
    _ready(prepare=False)
    from django.conf import settings

    from positivesocials.config import checks, line, surroundings

    findings = checks.findings(host)
    if look_at_line:
        around = [*line.findings(settings.ORIGIN), *surroundings.history(settings.PACKAGE.parent)]
        findings += [checks.Finding(sentence) for sentence in around]
    for finding in findings:
        click.echo(f"- {finding}")
    click.echo("Nothing to mend." if not findings else f"{len(findings)} to mend.")
    sys.exit(1 if findings else 0)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
@click.option("--blank", is_flag=True, help="Leave out who runs this site, as in docs/processing.md.")
def processing(as_json: bool, blank: bool) -> None:
    """Print the record of processing.

    Which data this site keeps, why, how protected and until when, for Article 30 of the GDPR. It is read off
    what the code declares; who runs the site is what the operator filled in.
    """
    _ready(prepare=False)
    from positivesocials.config import processing as record

    shown = record.of_no_site() if blank else record.of_this_site()
    click.echo(json.dumps(record.as_json(shown)) if as_json else record.as_markdown(shown))


@main.command("asvs")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
def show_asvs(as_json: bool) -> None:
    """Say what of OWASP ASVS 5.0.0 is proven.

    Counts by the level of each requirement, and lists what is not met. Looks at no instance.
    """
    from positivesocials.config import asvs

    rows = asvs.requirements()
    click.echo(json.dumps(asvs.figures(rows)) if as_json else asvs.table(rows))


@main.command("rotate-keys")
def rotate_keys() -> None:
    """Change the master key while serving.

    Wraps every data key by a new master key and drops the old one. Can be stopped at any moment: run it
    again and it goes on. Copy the key file afterwards; backups of keys made before need the old copy.
    """
    _ready(prepare=False)
    from positivesocials.config import start
    from positivesocials.vault import rotation

    start.refuse_wrong_keys()
    version = rotation.begin()
    with click.progressbar(
        length=rotation.remaining(version), label="  Wrapping keys", file=sys.stderr
    ) as bar:
        rotation.rotate(bar.update)
    click.echo(f"The master key is now version {version}. Copy the key file to where its copies are kept.")


@main.command("create-staff")
@click.argument("address")
@click.option(
    "--role", type=click.Choice(["moderator", "editor", "operator"]), required=True, help="What they may do."
)
def create_staff(address: str, role: str) -> None:
    """Make a staff account.

    Prints the link that sets the password of ADDRESS. It works once.
    """
    _ready()
    from positivesocials.accounts import services as accounts

    click.echo(_refusals_as_trouble(lambda: accounts.create_staff(address=address, role=role)))


@main.command("end-sessions")
@click.argument("address", required=False)
@click.option("--all", "everybody", is_flag=True, help="Log everybody out.")
def end_sessions(address: str | None, everybody: bool) -> None:
    """Log out everywhere.

    The account of ADDRESS, or with --all everybody: when a device or a key was lost.
    """
    if bool(address) == everybody:
        raise Trouble("Name one address, or write --all.")
    _ready(prepare=False)
    from positivesocials.accounts import services as accounts
    from positivesocials.accounts import sessions

    ended = sessions.end_all(accounts.handle_of(address) if address else None)
    click.echo(f"{ended} ended.")


@main.group()
def bench() -> None:
    """Measure in a throw-away folder.

    With invented data; no server needs to run.
    """


@bench.command()
@click.option("--pairs", default=200, show_default=True, help="Pairs of sign-ups, known and unknown address.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
def signup(pairs: int, as_json: bool) -> None:
    """Time sign-ups of known addresses.

    Beside sign-ups of unknown ones, in pairs: the ratio must be near 1, or the time betrays members.
    """
    from positivesocials.config import benches

    benches.show(benches.signup(pairs), as_json=as_json)


@bench.command("rotation")
@click.option("--keys", default=100_000, show_default=True, help="Data keys to wrap anew.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
def bench_rotation(keys: int, as_json: bool) -> None:
    """Time a change of the master key.

    Over this many data keys, with a reader that opens keys all the while.
    """
    from positivesocials.config import benches

    benches.show(benches.rotation(keys), as_json=as_json)


@bench.command("sealing")
@click.option(
    "--messages", type=click.IntRange(1, 50), default=50, show_default=True, help="Messages on the page."
)
@click.option("--rounds", default=100, show_default=True, help="Times the page is asked for, in each pass.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
def bench_sealing(messages: int, rounds: int, as_json: bool) -> None:
    """Time what sealing costs a conversation.

    Its page, in turns with opening alone what the page opens: keys, messages, names and the session.
    """
    from positivesocials.config import benches

    benches.show(benches.sealing(messages, rounds), as_json=as_json)


@bench.command("frequencies")
@click.option("--members", default=10_000, show_default=True, help="Invented members.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
def bench_frequencies(members: int, as_json: bool) -> None:
    """Guess without a key who chose what.

    From every stored value and length of this many members; the best guess must be no better than chance.
    """
    from positivesocials.config import benches

    benches.show(benches.frequencies(members), as_json=as_json)


_chart = click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), help="Draw the figures into this SVG."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
_seeded = click.option("--seed", default=1, show_default=True, help="The same seed invents the same people.")


@bench.command("matching")
@click.option("--members", default=100_000, show_default=True, help="Members to invent.")
@_seeded
@_chart
@_json
def bench_matching(members: int, seed: int, chart: Path | None, as_json: bool) -> None:
    """Time the search for people who fit.

    Beside a plain scan of everybody, which must find the same ones.
    """
    from positivesocials.config import benches

    benches.show(benches.matching(members, seed, chart), as_json=as_json)


@bench.command("changes")
@click.option("--events", default=100_000, show_default=True, help="Changes of people while another looks.")
@_json
def bench_changes(events: int, as_json: bool) -> None:
    """Change people while somebody looks.

    Nobody who hid, left or was blocked may be shown after that was committed.
    """
    from positivesocials.config import benches

    benches.show(benches.changes(events), as_json=as_json)


@bench.command("suggestions")
@click.option("--members", default=100_000, show_default=True, help="Members to invent and to write.")
@click.option("--viewers", default=200, show_default=True, help="Members who ask for the page.")
@_seeded
@_json
def bench_suggestions(members: int, viewers: int, seed: int, as_json: bool) -> None:
    """Time the page of people.

    As it is served, with all these members in the database.
    """
    from positivesocials.config import benches

    benches.show(benches.suggestions(members, viewers, seed), as_json=as_json)


@bench.command("introductions")
@click.option("--members", default=100_000, show_default=True, help="Members to invent.")
@click.option("--processes", default=2, show_default=True, help="Processes that must find the same.")
@_seeded
@_chart
@_json
def bench_introductions(members: int, processes: int, seed: int, chart: Path | None, as_json: bool) -> None:
    """Spread a day's attention over everybody.

    Beside the order that only looks at who may please both.
    """
    from positivesocials.config import benches

    benches.show(benches.introductions(members, seed, processes, chart), as_json=as_json)


@bench.command("location")
@click.option("--victims", default=300, show_default=True, help="People whom the attackers look for.")
@click.option("--requests", default=1000, show_default=True, help="Questions asked in each of two worlds.")
@_seeded
@_chart
@_json
def bench_location(victims: int, requests: int, seed: int, chart: Path | None, as_json: bool) -> None:
    """Let attackers look for people.

    The best of them may come no closer than one who is told the area.
    """
    from positivesocials.config import benches

    benches.show(benches.location(victims, requests, seed, chart), as_json=as_json)


if __name__ == "__main__":
    main()
