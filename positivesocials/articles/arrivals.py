"""News that were published on another site come in with their dates, states, tags and bylines."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from positivesocials.articles import rich, services
from positivesocials.articles.filing_models import Tag
from positivesocials.articles.models import NewsPage, NewsPicture
from positivesocials.core import images
from positivesocials.core.refusals import Refused

LONGEST_STANDFIRST = 600
LONGEST_TITLE = 255
LONGEST_ALT = 300


@dataclass(frozen=True)
class Arrival:
    """A post as it comes in. `body` is HTML from elsewhere; `goes_live_at` is set for what is scheduled."""

    title: str
    address: str
    category: str
    tags: tuple[str, ...]
    standfirst: str
    body: str
    byline: str
    source_line: str
    dated: datetime
    is_live: bool
    goes_live_at: datetime | None = None
    is_pinned: bool = False
    takes_replies: bool = True


@transaction.atomic
def bring_in(arrival: Arrival) -> NewsPage:
    """Publish, schedule or lay down as a draft. Whoever calls remembers what came in already."""
    services.take_turn()
    post = NewsPage(
        title=arrival.title[:LONGEST_TITLE],
        slug=services.free_slug(arrival.address or arrival.title),
        category=services.category_named(arrival.category),
        standfirst=arrival.standfirst[:LONGEST_STANDFIRST],
        body=rich.kept_html(arrival.body),
        byline=arrival.byline,
        source_line=arrival.source_line,
        published_on=timezone.localdate(arrival.dated),
        takes_replies=arrival.takes_replies,
        is_pinned=arrival.is_pinned,
        live=arrival.is_live,
        has_unpublished_changes=not arrival.is_live,
        go_live_at=arrival.goes_live_at,
        first_published_at=arrival.dated if arrival.is_live else None,
        last_published_at=arrival.dated if arrival.is_live else None,
    )
    try:
        services.put_on_shelf(post)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    if arrival.tags:
        post.tags.set([tag_named(name) for name in arrival.tags])
        post.save(clean=False)
    if arrival.goes_live_at:
        # Publishing what has a date to come is how the desk schedules.
        post.save_revision().publish()
    return post


def add_picture(post: NewsPage, *, alt: str, data: bytes) -> NewsPicture:
    """A picture below an article, drawn anew, or PictureRefused. `alt` is for who cannot see it."""
    drawn = images.reencoded(data)
    words = alt[:LONGEST_ALT].strip() or post.title
    return NewsPicture.objects.create(
        news=post, alt=words, data=drawn.data, width=drawn.width, height=drawn.height
    )


def tag_named(name: str) -> Tag:
    """The tag of this name, made when first needed. Two at once get the same one."""
    name = name[: Tag.LONGEST].strip()
    slug = services.slug_of(name) or services.slug_of(escape(name)) or "tag"
    return services.filed(Tag, name, slug)
