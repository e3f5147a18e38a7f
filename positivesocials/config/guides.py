"""`positivesocials restore-guide`: brings back a guide that ships with the software and was deleted here."""

import os

import click
import django

from positivesocials.config.trouble import Trouble


@click.command("restore-guide")
@click.argument("name", required=False)
def restore_guide(name: str | None) -> None:
    """Bring back the shipped guide NAME.

    An update brings back no guide that an editor deleted; this does, as it ships now. Without NAME it lists
    those that were deleted.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")
    django.setup()
    from positivesocials.articles import guides
    from positivesocials.config import start
    from positivesocials.core.refusals import Refused

    start.prepare(lambda sentence: click.echo(f"  {sentence}", err=True))
    if name is None:
        click.echo("\n".join(guides.deleted()) or "No guide that ships with the software was deleted.")
        return
    try:
        guides.bring_back(name)
    except Refused as refused:
        raise Trouble(f"{refused.message} `positivesocials restore-guide` lists them.") from None
    click.echo(f"{name} is back.")
