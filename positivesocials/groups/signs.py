"""The signs of support: a small fixed set, each said in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "with-you": _("With you"),
    "thanks": _("Thank you"),
    "me-too": _("Me too"),
    "warm": _("Warm thoughts"),
}
