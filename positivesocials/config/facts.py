"""`positivesocials list-facts` and `show-fact`: what guides may print, for the operator and for programs."""

import json
import os

import click
import django

from positivesocials.config.trouble import Trouble

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on one line.")


def _ready() -> None:
    """Start Django and bring the instance up to date: a new fact sheet is read at that."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")
    django.setup()
    from positivesocials.config import start

    start.prepare(lambda sentence: click.echo(f"  {sentence}", err=True))


@click.command("list-facts")
@click.option("--waiting", is_flag=True, help="Only those that wait for an editor.")
@_json
def list_facts(waiting: bool, as_json: bool) -> None:
    """List the figures and facts of the guides.

    With the state of each; only confirmed ones are printed in guides.
    """
    _ready()
    from positivesocials.claims import selectors, telling

    only = selectors.Show.WAITING if waiting else None
    claims = selectors.all_claims(only=only)
    lines = telling.table(claims)
    if as_json:
        lines = [json.dumps({"facts": [telling.as_json(claim) for claim in claims]})]
    click.echo("\n".join(lines))


@click.command("show-fact")
@click.argument("key")
@_json
def show_fact(key: str, as_json: bool) -> None:
    """Show one fact.

    What it says, where it was read, who confirmed it and until when it is printed.
    """
    _ready()
    from positivesocials.claims import selectors, telling

    claim = selectors.claim_of(key)
    if claim is None:
        raise Trouble(f"There is no fact with the key {key}. `positivesocials list-facts` lists them.")
    click.echo(json.dumps(telling.as_json(claim)) if as_json else "\n".join(telling.page(claim)))
