"""A thousand hostile inputs to every form, through the whole site: `python -m tests.hostile --json`.

Prints `forms, inputs, errors`: form classes and addresses that take a POST, whatever was sent to them and to
addresses, questions and headers beside, and what failed. Exits 1 if anything did.
"""

import sys

from tests import ground

A_FORM, AN_ADDRESS, A_HEADER = 1000, 40, 400


def run() -> ground.Figures:
    from django.conf import settings

    from tests.hostile import forms, inputs, pages
    from tests.permissions import world
    from tests.permissions.asking import Site

    # What costs time in a hash says nothing about what breaks.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    inputs.values()
    site = Site(world.build())
    made = forms.makers(site.world.owner)
    errors = [each for name, make in made.items() for each in forms.attack(name, make, A_FORM)]
    sent = len(made) * A_FORM
    attacks = [
        (pages.posts(site, A_FORM), A_FORM),
        (pages.queries(site, AN_ADDRESS), AN_ADDRESS),
        (pages.paths(site, len(pages.PARTS)), len(pages.PARTS)),
        (pages.headers(site, A_HEADER), A_HEADER),
    ]
    for attack, count in attacks:
        for row, broken in attack:
            sent += count
            errors += broken
            print(f"  {getattr(row, 'route', row)}: {len(broken)}", file=sys.stderr)
    for line in errors[:200]:
        print(f"  {line}", file=sys.stderr)
    return {"forms": len(made) + len(pages.POSTS), "inputs": sent, "errors": len(errors)}


if __name__ == "__main__":
    sys.exit(ground.measured(run))
