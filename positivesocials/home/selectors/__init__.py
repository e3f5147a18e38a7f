"""What the first page and the home page show."""

from collections.abc import Sequence
from dataclasses import dataclass

from positivesocials.accounts.models import Account
from positivesocials.articles import selectors as articles
from positivesocials.articles.models import GuidePage, NewsPage
from positivesocials.groups import selectors as groups
from positivesocials.groups.selectors import PostView
from positivesocials.home.selectors.claims import Claim, claims
from positivesocials.matching import selectors as matching
from positivesocials.matching.access import Way
from positivesocials.membership import selectors as membership
from positivesocials.membership.selectors import PublicCount
from positivesocials.messaging import opener_reads
from positivesocials.messaging import selectors as messaging
from positivesocials.profiles import selectors as profiles

FIRST_STEPS = "first-days"
# Names and salts of patches that go well together; the place of the free one is in the template.
QUILT = (
    ("Heron", "a"),
    ("Okapi", "b"),
    ("Lumen", "c"),
    ("Fennel", "d"),
    ("Juniper", "e"),
    ("Mistral", "f"),
    ("Clover", "g"),
    ("Sparrow", "h"),
    ("Willow", "i"),
    ("Ember", "j"),
    ("Tansy", "k"),
    ("Harbour", "l"),
    ("Saffron", "m"),
    ("Linden", "n"),
    ("Plover", "o"),
)


@dataclass(frozen=True)
class Front:
    """The first page. `first_steps` is the guide for somebody who has just been told."""

    count: PublicCount
    quilt: Sequence[tuple[str, str]]
    first_steps: GuidePage | None
    guides: Sequence[GuidePage]
    news: Sequence[NewsPage]
    claims: Sequence[Claim]


def front() -> Front:
    guides = articles.guides()
    first = next((guide for guide in guides if guide.slug == FIRST_STEPS), None)
    others = [guide for guide in guides if guide is not first]
    return Front(membership.public_count(), QUILT, first, others[:4], articles.latest_news(4), claims())


@dataclass(frozen=True)
class Today:
    """What is new for one member, without hurry: what waits, and where there is to go."""

    name: str
    unread: int
    requests: int
    greetings: Sequence[Way]
    told: Sequence[Way]
    posts: Sequence[PostView]
    news: Sequence[NewsPage]


def today_of(viewer: Account) -> Today:
    profile = profiles.profile_of(viewer)
    return Today(
        name=profiles.name_of(profile) if profile else "",
        unread=messaging.unread_count(viewer),
        requests=opener_reads.news_count(viewer),
        greetings=matching.greetings(viewer),
        told=matching.told(viewer),
        posts=groups.latest_posts(viewer, limit=3),
        news=articles.latest_news(2),
    )
