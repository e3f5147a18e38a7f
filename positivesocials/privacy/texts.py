"""What people agree to, word for word.

A changed wording is a new version: old ones stay here, and tests/wordings.txt holds what each one said.
"""

import hashlib

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CIRCLES, RECORD, LETTER, PUSH, LEARNING = "circles", "record", "letter", "push", "learning"
VERSIONS = {RECORD: "1", CIRCLES: "1", LETTER: "1", PUSH: "1", LEARNING: "1"}
TEXTS: dict[tuple[str, str], Promise] = {
    (RECORD, "1"): _(
        "What I enter in my health record may be kept, sealed, and shown to me. "
        "Nobody else is shown an entry unless I share it, and each sharing is asked by itself."
    ),
    (CIRCLES, "1"): _(
        "The circles I choose may be kept, sealed, and shown to people I could meet. "
        "A circle can say something about my health, or be taken to. Nobody is asked why they joined one."
    ),
    (LETTER, "1"): _(
        "The letter may be sent to this address. For that the address is kept, sealed, and used for nothing "
        "else. It is tied to no account. Leaving takes one click and erases it."
    ),
    (PUSH, "1"): _(
        "This device may be told, in neutral words, that something is new here. For that its push address is "
        "kept, sealed. The maker of the browser passes the word on, and learns when, but not what."
    ),
    (LEARNING, "1"): _(
        "From what I say of people here (yes and not now), and from what others who agreed to this say of "
        "me, two small numbers may be learned for each mode: how often I say yes, and how often others say "
        "yes to me. They are kept, sealed. They change only in which order people see each other, and are "
        "shown to nobody."
    ),
}
# What the page says beside each: when it is asked, and what taking it back does.
ASKED = {
    RECORD: _("You are asked when you write your first entry, and not before."),
    CIRCLES: _("You are asked when you choose your first circle, and not before."),
    LETTER: _("You are asked by a mail to the address, and not before you typed it."),
    PUSH: _("You are asked on each device when you switch it on, and not before."),
    LEARNING: _("You are not asked. It is off until you switch it on, here or where the order is explained."),
}
REMOVES = {
    RECORD: _("Taking it back removes every entry and every sharing, at once. Nobody is told."),
    CIRCLES: _("Taking it back removes your circles from everything you show, at once. Nobody is told."),
    LETTER: _("One click to leave, and leaving erases the address."),
    PUSH: _("Taking it back removes the push address of every device, at once."),
    LEARNING: _(
        "Taking it back removes the numbers at once, those of couples you are part of too. Within a minute "
        "nobody’s numbers come from what you said. Nobody is told."
    ),
}


def version(purpose: str) -> str:
    return VERSIONS[purpose]


def current(purpose: str) -> str:
    """In the language of whoever reads; a receipt keeps it as it was read."""
    return str(TEXTS[purpose, VERSIONS[purpose]])


def fingerprints(texts: dict[tuple[str, str], Promise]) -> dict[str, str]:
    """One hash for each wording as it stands in this file, whatever the language in force."""
    with translation.override(None):
        return {
            f"{purpose} {number}": hashlib.sha256(str(text).encode()).hexdigest()
            for (purpose, number), text in texts.items()
        }
