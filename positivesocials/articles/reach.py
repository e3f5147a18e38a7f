"""What a public article tells search engines and those who share it. For guests only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from positivesocials.articles import languages, selectors
from positivesocials.articles.models import GuidePage, NewsPage, Routed
from positivesocials.claims import selectors as claims
from positivesocials.core.instance import this_instance
from positivesocials.replies.paging import Place

CONTEXT = "https://schema.org"
# What wrote the guides that ship: people, but no one person.
MAKERS = "PositiveSocials"
# For readers of all other languages.
DEFAULT = "x-default"
# As Django's json_script: nothing in a text ends the block or begins another.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Alternate:
    language: str
    url: str


@dataclass(frozen=True)
class Reach:
    """`alternates`: this article in other languages, itself among them; none where it is in one only.
    `address` is that of this page of it.
    """

    title: str
    description: str
    url: str
    address: str
    picture: str
    language: str
    published: str
    changed: str
    data: SafeString
    alternates: Sequence[Alternate] = ()


def of_guide(guide: GuidePage) -> Reach:
    said: dict[str, Any] = {"@type": "MedicalWebPage", "name": guide.title, "description": guide.summary}
    if guide.written_by:
        said["author"] = _author(guide.written_by)
    # Only what a person on this site has signed: never a claim of the software's.
    if guide.is_reviewed:
        said |= {"reviewedBy": _person(guide.reviewer), "lastReviewed": str(guide.reviewed_on)}
    changed = selectors.changed_at(guide, claims.last_changes())
    return _reach(guide, guide.summary, said, published=guide.first_published_at, changed=changed)


def of_news(post: NewsPage, place: Place) -> Reach:
    """`place`: the page of its replies, each of which is a page of its own for who indexes them."""
    said: dict[str, Any] = {"@type": "NewsArticle", "headline": post.title, "description": post.standfirst}
    if post.byline:
        said["author"] = _author(post.byline)
    if post.canonical_url:
        # An excerpt: the whole of it is another's.
        said["isBasedOn"] = post.canonical_url
    reach = _reach(post, post.standfirst, said, published=post.published_on)
    return replace(reach, address=reach.url + place.query.rstrip("?"))


def _reach(
    page: Routed,
    description: str,
    said: dict[str, Any],
    *,
    published: date | None,
    changed: date | None = None,
) -> Reach:
    language: str = page.locale.language_code
    url, picture = settings.ORIGIN + page.path_here, settings.ORIGIN + static("core/share.png")
    changed = changed or page.last_published_at or page.first_published_at or published
    first, last = _machine(published), _machine(changed)
    said |= {"url": url, "mainEntityOfPage": url, "inLanguage": language, "image": picture}
    said |= {name: when for name, when in (("datePublished", first), ("dateModified", last)) if when}
    said["publisher"] = {"@type": "Organization", "name": this_instance().name, "url": settings.ORIGIN}
    return Reach(
        title=page.title,
        description=description,
        url=url,
        address=url,
        picture=picture,
        language=language,
        published=first,
        changed=last,
        data=_block({"@context": CONTEXT, **said}),
        alternates=_alternates(page),
    )


def _alternates(page: Routed) -> Sequence[Alternate]:
    """Only where the content itself is there in another language: the site around it says nothing of that."""
    live = languages.readable() if isinstance(page, GuidePage) else NewsPage.objects.live()
    pages = live.filter(translation_key=page.translation_key).select_related("locale")
    found = {each.locale.language_code: settings.ORIGIN + each.path_here for each in pages}
    if len(found) < 2:
        return ()
    if languages.FIRST in found:
        # The address that answers each reader in their own language, or as it was written.
        found[DEFAULT] = found[languages.FIRST]
    return [Alternate(*each) for each in found.items()]


def _author(name: str) -> dict[str, str]:
    is_site = name in {MAKERS, this_instance().name}
    return {"@type": "Organization", "name": name} if is_site else _person(name)


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def _machine(moment: date | None) -> str:
    if moment is None:
        return ""
    return moment.isoformat(timespec="seconds") if isinstance(moment, datetime) else moment.isoformat()


def _block(said: dict[str, Any]) -> SafeString:
    """A data block is not run; our policy of scripts neither needs nor gets an exception for it."""
    text = json.dumps(said, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above.
