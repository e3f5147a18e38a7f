"""The places in Wagtail's tree that pages hang on, made when first needed."""

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page

from positivesocials.articles.models import GuideIndex, Routed


def shelf(kind: type[Routed], slug: str, title: str) -> Page:
    """The page that holds all pages of one kind. Two at once get the same one."""
    return _known(kind) or _made(kind, slug, title)


def _known(kind: type[Routed]) -> Page | None:
    return kind.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()


@transaction.atomic
def _made(kind: type[Routed], slug: str, title: str) -> Page:
    top = Page.objects.select_for_update().get(pk=root().pk)
    return _known(kind) or top.add_child(instance=kind(title=title, slug=slug))


def guides_in(code: str) -> Page:
    """The shelf of the guides in one language: one each, so that a guide has the same name in all of them."""
    first = shelf(GuideIndex, "guides", "Guides")
    if code == settings.LANGUAGE_CODE:
        return first
    known = GuideIndex.objects.filter(locale__language_code=code).first()
    locale = Locale.objects.get_or_create(language_code=code)[0]
    new = GuideIndex(
        title=f"Guides ({code})", slug=f"guides-{code}", locale=locale, translation_key=first.translation_key
    )
    return known or root().add_child(instance=new)


def root() -> Page:
    """The root of Wagtail's tree, without the welcome page that Wagtail's own migration puts there."""
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    top = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    for page in top.get_children().filter(slug="home", numchild=0):
        page.delete()
    return Page.objects.get(pk=top.pk)
