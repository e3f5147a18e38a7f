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
from positivesocials.config.benches import bench
from positivesocials.config.facts import list_facts, show_fact
from positivesocials.config.guides import restore_guide
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
    with server.server_of(env.read().data, several=server.is_one_of_several()):
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


@main.command("import-feed")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would be kept.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
@click.option("--category", default="News", show_default=True, help="What its entries are filed under.")
def import_feed(file: Path, dry_run: bool, as_json: bool, category: str) -> None:
    """Read a feed from FILE.

    RSS, Atom, CDF or JSON Feed. Its entries wait under "Sources" until an editor lets them in. Repeating
    changes nothing.
    """
    _ready(prepare=not dry_run)
    from positivesocials.config import feeds

    show = feeds.as_json if as_json else feeds.as_words
    click.echo(_refusals_as_trouble(lambda: show(file, category=None if dry_run else category)))


@main.command("import-wordpress")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--attachments-from", "hosts", multiple=True, metavar="HOST", help="Fetch pictures from this host."
)
@click.option("--dry-run", is_flag=True, help="Say what would come in; write and fetch nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
def import_wordpress(file: Path, hosts: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Bring in a WordPress export.

    FILE is what WordPress writes under Tools, Export (WXR 1.0 to 1.2). Posts become news, pages become drafts
    for editors to place, comments become replies. Repeating an import changes nothing; one that was stopped
    goes on.
    """
    _ready(prepare=not dry_run)
    from positivesocials.config import imports

    _refusals_as_trouble(lambda: imports.wordpress(file, hosts=hosts, is_dry=dry_run, as_json=as_json))


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


@main.command("bounces")
@click.argument("places", nargs=-1, type=click.Path(path_type=Path, exists=True, allow_dash=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on the last line.")
def take_bounces(places: tuple[Path, ...], as_json: bool) -> None:
    """Take in letters that came back.

    PLACES are Maildirs, mbox files or files of one message; without any, or for "-", one message is read from
    standard input, as a mail server hands it to a command. An address that is not there any more is erased,
    one that three letters in a row came back from too. Repeating changes nothing; no message is deleted.
    """
    _ready(prepare=False)
    from dataclasses import asdict
    from itertools import chain

    from positivesocials.newsletter import bounces

    stdin = Path("-")
    piped = (sys.stdin.buffer.read(bounces.MOST_READ) for place in (places or [stdin]) if place == stdin)
    found = (bounces.messages_in(place) for place in places if place != stdin)
    figures = _refusals_as_trouble(lambda: bounces.take_in(chain(piped, *found)))
    if as_json:
        click.echo(json.dumps(asdict(figures)))
    else:
        click.echo(
            f"{figures.read} read: {figures.ended} addresses erased, {figures.noted} noted, "
            f"{figures.known} known before, {figures.other} no returns of ours."
        )


@main.command("jobs")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
@click.option("--retry", is_flag=True, help="Try everything again that was given up.")
def show_jobs(as_json: bool, retry: bool) -> None:
    """Show the work that waits.

    How many jobs of each kind wait, run and were done within a day, how long the oldest has waited, and what
    was given up: the class of the last error only.
    """
    _ready(prepare=False)
    from positivesocials.config import waiting
    from positivesocials.core import work
    from positivesocials.home.selectors import work as jobs

    if retry:
        click.echo(f"{work.retry_all()} to be tried again.", err=True)
    shown = jobs.work()
    lines = [json.dumps(jobs.as_json(shown))] if as_json else waiting.table(shown)
    click.echo("\n".join(lines))


@main.command("search-index")
@click.option("--rebuild", is_flag=True, help="Make all of it anew, not only what changed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")
def search_index(rebuild: bool, as_json: bool) -> None:
    """Bring the search up to date.

    The site does so by itself; searches go on meanwhile. Says how many texts were indexed.
    """
    _ready()
    from positivesocials.search import services as search

    with click.progressbar(length=search.size(), label="  Indexing", file=sys.stderr) as bar:
        done = search.rebuild(bar.update) if rebuild else search.catch_up()
    click.echo(json.dumps({"indexed": done}) if as_json else f"{done} indexed.")


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


main.add_command(bench)
main.add_command(list_facts)
main.add_command(show_fact)
main.add_command(restore_guide)


if __name__ == "__main__":
    main()
