"""Editors who save and send one letter in the same moment."""

import pytest

from positivesocials.core.refusals import Refused
from positivesocials.newsletter import access, issues
from positivesocials.newsletter.models import Issue
from tests.moments import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_that_is_changed_at_this_moment_is_not_sent(settings, make_issue):
    settings.DEMO = True
    one, other = make_issue(), access.get_issue(Issue.objects.get().pk)

    def send():
        with pytest.raises(issues.ChangedMeanwhile):
            issues.send_now(other, by=None, seen_at=other.changed_at)

    with meanwhile(send):
        issues.save_words(one, subject="From the other", intro="", topic=None)

    assert (Issue.objects.get().state, Issue.objects.get().subject) == ("draft", "From the other")


def test_a_letter_that_is_sent_at_this_moment_is_not_changed(settings, make_issue):
    settings.DEMO = True
    one, other = make_issue(), access.get_issue(Issue.objects.get().pk)

    def save():
        with pytest.raises(Refused):
            issues.save_words(other, subject="From the other", intro="", topic=None)

    with meanwhile(save):
        issues.send_now(one, by=None, seen_at=one.changed_at)

    assert (Issue.objects.get().state, Issue.objects.get().subject) == ("sending", "What is new")
