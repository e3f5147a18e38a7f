from uuid import UUID

from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account, Role
from positivesocials.articles import languages
from positivesocials.articles.models import GuidePage, NewsPage
from positivesocials.articles.picture_models import GuidePicture
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Persona
from positivesocials.replies import access as replies
from positivesocials.replies.models import Thread


def persona_of(actor: Account) -> Persona | None:
    """The name a member replies under: that of their own profile, once they have one."""
    profile = profiles.profile_of(actor)
    return next((persona for persona in profile.personas), None) if profile else None


def get_own_voice(actor: Account, post: NewsPage, persona_id: UUID) -> Persona:
    row = getattr(post, "replies", None)
    return replies.get_own_voice(actor, row.thread if row else Thread(), persona_id)


def require_open(post: NewsPage) -> None:
    if not post.is_open:
        raise Refused(_("Replies to this article are closed. What was written stays here to read."))


def require_editor(actor: Account) -> None:
    if not actor.acts_as(Role.EDITOR):
        raise NotThere


def get_original_for(actor: Account, slug: str, code: str) -> GuidePage:
    """A guide to translate into this language, published or not."""
    require_editor(actor)
    guide = languages.originals().filter(slug=slug).first()
    if guide is None or code not in languages.to_translate_into():
        raise NotThere
    return guide


def get_guide_picture_for(viewer: Account | None, picture_id: UUID) -> tuple[GuidePicture, bool]:
    """A picture and whether a published guide shows it: others are for editors alone."""
    found = GuidePicture.objects.filter(pk=picture_id).first()
    if found is None:
        raise NotThere
    is_public = languages.published().filter(text__contains=found.mark).exists()
    if not (is_public or (viewer and viewer.acts_as(Role.EDITOR))):
        raise NotThere
    return found, is_public


def name_at_desk(account: Account) -> str:
    """Editors appear under their persona."""
    persona = persona_of(account)
    return (persona.name or "") if persona else ""
