from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.forms import AddressField
from positivesocials.core.forms import LookForm


class LetterForm(LookForm):
    """The address may open an account later, so it is judged as strictly: no two mailboxes look like one."""

    address = AddressField(
        label=_("Your e-mail"),
        error_messages={"invalid": _("That is not a whole address yet. An example: name@example.org")},
    )
