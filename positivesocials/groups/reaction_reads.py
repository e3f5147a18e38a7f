"""Signs of support as one viewer sees them: their own, and what came in below what they wrote. No counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from positivesocials.accounts.models import Account
from positivesocials.groups.models import Post
from positivesocials.groups.post_models import Support
from positivesocials.groups.signs import WORDS
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import warm


@dataclass(frozen=True)
class Signs:
    """Below one thing: the viewer's own sign, or, below what is their own, which signs somebody gave."""

    mine: str = ""
    got: tuple[Promise, ...] = ()

    @property
    def my_words(self) -> Promise | str:
        return WORDS.get(self.mine, "")


def signs_below(
    post: Post, viewer: Account | None, reply_ids: Collection[UUID]
) -> Mapping[UUID | None, Signs]:
    """By the id of the reply, None for the post itself. One query, however many they are."""
    if viewer is None:
        return {}
    to_me = Q(reply__author=viewer) | (Q(reply=None) if post.author_id == viewer.pk else Q(pk__in=[]))
    on_page = Q(reply=None) | Q(reply__in=reply_ids)
    rows = list(Support.objects.filter(Q(account=viewer) | to_me, on_page, post=post))
    hidden = safety.hidden_from(viewer)
    shown = [row for row in rows if row.account_id not in hidden]
    warm(shown)
    by_place: dict[UUID | None, list[Support]] = {}
    for row in shown:
        by_place.setdefault(row.reply_id, []).append(row)
    return {place: _signs(group, viewer) for place, group in by_place.items()}


def _signs(rows: list[Support], viewer: Account) -> Signs:
    mine = next((row.sign for row in rows if row.account_id == viewer.pk), None)
    got = {row.sign for row in rows if row.account_id != viewer.pk}
    # In the order of the set: that of arrival would tell more than which.
    return Signs(mine=mine or "", got=tuple(words for key, words in WORDS.items() if key in got))
