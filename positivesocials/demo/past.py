"""A demo needs yesterdays. Services write now; this module alone moves what they wrote back in time.

The only place where another context's rows are changed without its services, and only their moments.
"""

import math
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.articles.models import NewsPage
from positivesocials.asking.models import Addition, Answer, Question
from positivesocials.groups.models import Group, Membership, Post
from positivesocials.matching.models import Decision, Match
from positivesocials.messaging.models import Conversation, Message, Opener, Participant
from positivesocials.moderation.models import Hold, Report
from positivesocials.profiles.check_models import PersonCheck
from positivesocials.replies.models import Reply

NEWEST_DAYS, SPREAD_DAYS = 6, 60


def hours_ago(hours: float) -> datetime:
    """About so long ago, at a minute of its own. Of two, the longer ago stays the earlier."""
    return timezone.now() - timedelta(hours=hours + 0.9 * math.sin(hours))


def joined(account: Account) -> None:
    """Spread over two months: the first invited joined last."""
    place = Account.objects.filter(is_demo=True).count()
    day = timezone.localdate() - timedelta(days=min(NEWEST_DAYS + place, SPREAD_DAYS))
    Account.objects.filter(pk=account.pk).update(joined_on=day)


def posted(post: Post, moment: datetime) -> None:
    Post.objects.filter(pk=post.pk).update(written_at=moment)
    _waited("post", post, moment)


def opened(group: Group, moment: datetime) -> None:
    Group.objects.filter(pk=group.pk).update(made_at=moment)
    Group.objects.filter(pk=group.pk, opened_at__isnull=False).update(opened_at=moment)


def founded(group: Group, moment: datetime) -> None:
    opened(group, moment)
    Membership.objects.filter(group=group).update(joined_at=moment)


def asked(question: Question, moment: datetime) -> None:
    """Additions come hours later, answers the day after."""
    Question.objects.filter(pk=question.pk).update(asked_at=moment)
    Addition.objects.filter(question=question).update(written_at=moment + timedelta(hours=9))
    Answer.objects.filter(question=question).update(written_at=moment + timedelta(hours=26))


def replied(reply: Reply, moment: datetime) -> None:
    Reply.objects.filter(pk=reply.pk).update(written_at=moment)
    _waited("reply", reply, moment)


def _waited(kind: str, item: Post | Reply, moment: datetime) -> None:
    Hold.objects.filter(kind=kind, item_id=item.pk).update(opened_at=moment)


def reported(report: Report, written: datetime) -> None:
    """A third of the way from the writing to now."""
    moment = written + (timezone.now() - written) / 3
    Report.objects.filter(pk=report.pk).update(opened_at=moment)


def asked_to_be_checked(check: PersonCheck, moment: datetime) -> None:
    PersonCheck.objects.filter(pk=check.pk).update(asked_at=moment)


def wrote_first(opener: Opener, moment: datetime) -> None:
    Opener.objects.filter(pk=opener.pk).update(sent_at=moment)


def published(news: NewsPage, moment: datetime) -> None:
    NewsPage.objects.filter(pk=news.pk).update(first_published_at=moment)


def matched(match: Match, moment: datetime) -> None:
    Match.objects.filter(pk=match.pk).update(made_at=moment)
    pair = (match.one_id, match.other_id)
    Decision.objects.filter(profile__in=pair, about__in=pair, mode=match.mode).update(said_at=moment)


def conversed(conversation: Conversation, messages: list[Message], moments: list[datetime]) -> None:
    """Messages keep their order; the conversation was opened before the first and all seats have read it."""
    assert all(one < other for one, other in pairwise(moments))
    for message, moment in zip(messages, moments, strict=True):
        Message.objects.filter(pk=message.pk).update(sent_at=moment)
    opened, last = moments[0] - timedelta(hours=2), moments[-1]
    Conversation.objects.filter(pk=conversation.pk).update(opened_at=opened, last_at=last)
    Participant.objects.filter(conversation=conversation).update(read_up_to_at=last)


def not_read_since(conversation: Conversation, account: Account, moment: datetime) -> None:
    Participant.objects.filter(conversation=conversation, account=account).update(read_up_to_at=moment)
