from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.articles.models import NewsPage
from positivesocials.core.refusals import Refused
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Persona


def persona_of(actor: Account) -> Persona | None:
    """The name a member replies under: that of their own profile, once they have one."""
    profile = profiles.profile_of(actor)
    return next((persona for persona in profile.personas), None) if profile else None


def require_open(post: NewsPage) -> None:
    if not post.takes_replies:
        raise Refused(_("Replies to this article are closed. What was written stays here to read."))


def name_at_desk(account: Account) -> str:
    """Editors appear under their persona."""
    persona = persona_of(account)
    return (persona.name or "") if persona else ""
