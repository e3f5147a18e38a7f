from django.utils.translation import gettext as _

from positivesocials.newsletter.models import Subscriber
from positivesocials.privacy import selectors as privacy


def receipt_text(row: Subscriber) -> str:
    """What the address agreed to, as a file to keep: leaving erases it here."""
    return privacy.written_receipt(
        number=str(row.pk),
        giver=_("Address: %s") % row.address,
        version=row.text_version,
        moments=[(_("Asked"), row.asked_at), (_("Given"), row.confirmed_at)],
        wording=row.wording,
    )
