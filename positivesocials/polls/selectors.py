"""What a viewer reads of polls: all of a page in three queries, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.groups import access as groups
from positivesocials.groups.models import Post
from positivesocials.groups.slots import Filling
from positivesocials.polls.models import STEP, Poll, Voter
from positivesocials.replies.models import State
from positivesocials.vault.fields import warm


@dataclass(frozen=True)
class Option:
    number: int
    words: str
    # None while there is no result to be seen.
    count: int | None = None
    percent: int | None = None


@dataclass(frozen=True)
class PollView:
    """A poll as this viewer may see it. `total` is how many are in the result, not how many voted since."""

    post_id: UUID
    slug: str
    options: tuple[Option, ...]
    total: int
    closes_at: datetime
    is_closed: bool
    has_voted: bool
    may_vote: bool
    is_own: bool

    @property
    def takes_vote(self) -> bool:
        return self.may_vote and not self.is_closed and not self.has_voted

    @property
    def shows_result(self) -> bool:
        return self.is_closed or self.has_voted


def below(viewer: Account | None, posts: Sequence[Post]) -> Mapping[UUID, Filling]:
    public = {post.pk: post for post in posts if post.state == State.PUBLIC}
    polls = list(Poll.objects.filter(post__in=public))
    warm(polls)
    voted = _voted(viewer, polls)
    writable = groups.writable_among(viewer, [public[poll.post_id].group for poll in polls])
    shown = {
        poll.post_id: _view(poll, public[poll.post_id], viewer, poll.pk in voted, writable)
        for poll in polls
        if poll.options
    }
    return {pk: Filling("polls/_poll.html", {"poll": view}) for pk, view in shown.items()}


def at(viewer: Account | None, post: Post) -> Filling | None:
    """On the page of an own post without a poll the way to make one."""
    may_ask = viewer is not None and post.author_id == viewer.pk and post.state == State.PUBLIC
    if viewer is None or not may_ask or not groups.may_write(viewer, post.group):
        return None
    if Poll.objects.filter(post=post).exists():
        return None
    return Filling("polls/_start.html", {"post": post})


def said_below(post_id: UUID) -> str:
    """The answers of a post's poll, one a line."""
    poll = Poll.objects.filter(post=post_id).first()
    return "\n".join(poll.options or ()) if poll else ""


def _voted(viewer: Account | None, polls: list[Poll]) -> set[UUID]:
    if viewer is None or not polls:
        return set()
    return set(Voter.objects.filter(account=viewer, poll__in=polls).values_list("poll", flat=True))


def _is_own(viewer: Account | None, post: Post) -> bool:
    return viewer is not None and post.author_id == viewer.pk


def _view(poll: Poll, post: Post, viewer: Account | None, has_voted: bool, writable: set[UUID]) -> PollView:
    is_closed = poll.is_closed()
    result = _result(poll, is_closed) if is_closed or has_voted else None
    return PollView(
        post_id=post.pk,
        slug=post.group.slug,
        options=_options(poll.options or [], result),
        total=sum(result or ()),
        closes_at=poll.closes_at,
        is_closed=is_closed,
        has_voted=has_voted,
        may_vote=post.group_id in writable,
        is_own=_is_own(viewer, post),
    )


def _result(poll: Poll, is_closed: bool) -> list[int] | None:
    """Never of fewer than five. Before it closes it stands as it was at the last five."""
    found: list[int] | None = poll.counts if is_closed else poll.shown
    return found if found and sum(found) >= STEP else None


def _options(words: list[str], result: list[int] | None) -> tuple[Option, ...]:
    if result is None:
        return tuple(Option(number, each) for number, each in enumerate(words))
    total = sum(result)
    return tuple(
        Option(number, each, count, round(100 * count / total))
        for number, (each, count) in enumerate(zip(words, result, strict=True))
    )
