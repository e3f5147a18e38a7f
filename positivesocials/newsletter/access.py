from uuid import UUID

from positivesocials.core.refusals import NotThere
from positivesocials.newsletter.models import Issue, IssueState, Topic

PUBLIC = (IssueState.SENDING, IssueState.SENT)


def get_issue(issue_id: UUID) -> Issue:
    """For the editors, who see every letter."""
    return _there(Issue.objects.select_related("topic").filter(pk=issue_id).first())


def get_past_issue(issue_id: UUID) -> Issue:
    """A letter that was sent, or is just being sent, is for anyone to read."""
    return _there(Issue.objects.filter(pk=issue_id, state__in=PUBLIC).first())


def get_topic(topic_id: UUID) -> Topic:
    topic = Topic.objects.filter(pk=topic_id).first()
    if topic is None:
        raise NotThere
    return topic


def _there(issue: Issue | None) -> Issue:
    if issue is None:
        raise NotThere
    return issue
