from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from positivesocials.accounts.models import Account
from positivesocials.articles import access, finding, languages, selectors
from positivesocials.articles.models import GuidePage, NewsPage
from positivesocials.claims import uses
from positivesocials.core import public_texts
from positivesocials.replies import homes

homes.register(selectors.path_of_thread)
Account.named_by(access.name_at_desk)
uses.register(selectors.uses_of_claim)


def tell_of_facts() -> None:
    """Guides that have just lost their ground. What others say now is found by their stamps, in seconds."""
    readable = set(languages.readable().values_list("pk", flat=True))
    for pk in languages.published().values_list("pk", flat=True):
        if pk not in readable:
            public_texts.changed(finding.GUIDE, str(pk))


uses.on_change(tell_of_facts)


# Signals, because articles are written in many ways: at the desk, on schedule, by imports and with the site.
# Raw rows are told of by nobody: the hourly comparison finds them.
@receiver([post_save, post_delete], sender=GuidePage)
def tell_of_guide(instance: GuidePage, **signal: Any) -> None:
    if not signal.get("raw"):
        public_texts.changed(finding.GUIDE, str(instance.pk))
        if not instance.is_translation:
            _take_along(instance)


def _take_along(original: GuidePage) -> None:
    """Its translations go and come back with it, and bear its name."""
    others = GuidePage.objects.filter(translation_key=original.translation_key).exclude(pk=original.pk)
    for other in others.only("pk", "slug"):
        if other.slug != original.slug:
            GuidePage.objects.filter(pk=other.pk).update(slug=original.slug)
        public_texts.changed(finding.GUIDE, str(other.pk))


@receiver([post_save, post_delete], sender=NewsPage)
def tell_of_news(instance: NewsPage, **signal: Any) -> None:
    if not signal.get("raw"):
        public_texts.changed(finding.NEWS, str(instance.pk))
