"""What people agree to, word for word. A changed wording gets a new version; old ones stay for receipts."""

from django.utils.translation import gettext_lazy as _

VERSIONS = {"circles": "1"}
TEXTS = {
    ("circles", "1"): _(
        "The circles I choose may be kept, sealed, and shown to people I could meet. "
        "A circle can say something about my health, or be taken to. Nobody is asked why they joined one."
    ),
}


def version(purpose: str) -> str:
    return VERSIONS[purpose]


def current(purpose: str) -> str:
    return str(TEXTS[purpose, VERSIONS[purpose]])


def of_version(purpose: str, number: str) -> str:
    return str(TEXTS.get((purpose, number), ""))
