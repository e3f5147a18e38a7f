"""What somebody does for the picture of a person check: drawn at random, so that no old picture fits."""

import secrets

from django.utils.translation import gettext_lazy as _

POSES = {
    "left-ear": _("Two fingers of one hand on your left ear"),
    "right-ear": _("Your whole hand over your right ear"),
    "chin": _("Your chin resting on one fist"),
    "crown": _("One flat hand lying on top of your head"),
    "nose": _("One fingertip on the tip of your nose"),
    "left-cheek": _("The back of a hand against your left cheek"),
    "right-cheek": _("Three fingers spread over your right cheek"),
    "one-eye": _("One hand covering your left eye, the other eye open"),
    "wave": _("One open hand beside your face, fingers spread"),
    "four": _("Four fingers held up beside your face, the thumb folded in"),
    "little-finger": _("Only your little finger held up beside your face"),
    "thumb-down": _("One thumb pointing down, beside your chin"),
    "point-up": _("One finger pointing at the ceiling, beside your ear"),
    "point-away": _("One finger pointing away from your face to the side"),
    "spoon": _("A spoon held upright beside your face"),
    "shoe": _("A shoe held next to your head"),
    "cup": _("A cup held against your forehead"),
    "sock": _("A sock lying on your shoulder"),
    "book": _("An open book held under your chin"),
    "paper": _("A blank sheet of paper held beside your face"),
    "sleeve": _("One sleeve pulled over your hand, held to your mouth"),
    "collar": _("One hand holding your collar or neckline"),
    "shoulder": _("One hand on the opposite shoulder, your head turned to it"),
    "tilt": _("Your head tilted to one side, one hand holding it up"),
}


def drawn(*, but: str = "") -> str:
    """The slug of one of them, not the one before."""
    return secrets.choice([slug for slug in POSES if slug != but])


def in_words(slug: str) -> str:
    return str(POSES.get(slug, ""))
