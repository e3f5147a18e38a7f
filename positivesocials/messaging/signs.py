"""The signs of reactions: a fixed set, each drawn as an icon and each with a name to be read aloud."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "heart": _("Heart"),
    "smile": _("Smile"),
    "laugh": _("Laugh"),
    "sun": _("Warm thoughts"),
    "flower": _("Thank you"),
    "star": _("Well done"),
}
