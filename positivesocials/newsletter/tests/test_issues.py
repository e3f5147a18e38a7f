"""What editors do with a letter: docs/rules/newsletter.md."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.articles import cards
from positivesocials.articles.models import NewsPage
from positivesocials.articles.tests.factories import make_news
from positivesocials.audit.models import AuditRecord, Verb
from positivesocials.core.refusals import Refused
from positivesocials.newsletter import issues, rendering, selectors, sending, services
from positivesocials.newsletter.models import Issue, IssueState, Topic
from positivesocials.notifications.models import NeverAgain, OutgoingMail
from positivesocials.vault import services as vault

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(signed_in, edda):
    return signed_in(edda)


def titles(issue):
    return [entry.title for entry in selectors.entries_of(issue)]


def test_an_editor_writes_chooses_looks_and_sends(editor, settings, make_reader):
    settings.DEMO = True
    make_reader("ann")
    post = make_news(title="Open evenings")

    path = editor.post("/letters/new/").headers["Location"]
    editor.post(path, {"subject": "What is new", "intro": "Hello *you*."})
    page = editor.get(path).content.decode()
    editor.post(re.findall(rf'action="({path}add/{cards.key_of(post)}/)"', page)[0])
    preview = editor.get(f"{path}preview/").content.decode()
    asked = editor.get(f"{path}send/").content.decode()
    editor.post(f"{path}send/")
    sending.send_due()

    assert "Open evenings" in preview
    assert "leave.invalid" not in preview + editor.get(f"{path}preview/page/").content.decode()
    assert "It goes to one address." in asked
    assert Issue.objects.get().state == IssueState.SENT
    assert post.path_here in OutgoingMail.objects.get().body
    assert editor.get(path).status_code == 200


def test_members_and_moderators_find_no_letters(signed_in, ada, mo, make_issue):
    issue = make_issue()

    for account in (ada, mo):
        assert signed_in(account).get("/letters/").status_code == 404
        assert signed_in(account).post(f"/letters/{issue.pk}/send/").status_code == 404


@pytest.mark.parametrize(
    "subject", ["New about HIV", "Sex and more", "PositiveSocials news", "Positive socials"]
)
def test_a_telling_subject_is_refused(make_issue, subject):
    with pytest.raises(Refused, match="Others may see a subject"):
        issues.save_words(make_issue(), subject=subject, intro="", topic=None)


def test_a_refused_subject_loses_no_words(editor, make_issue):
    issue = make_issue()

    answer = editor.post(
        f"/letters/{issue.pk}/", {"subject": "All about herpes", "intro": "Long words of mine here."}
    )

    assert "Long words of mine here." in answer.content.decode()


def test_two_editors_do_not_write_over_each_other(make_issue):
    issue = make_issue()
    seen_at = issue.changed_at
    issues.save_words(issue, subject="From one", intro="", topic=None, seen_at=seen_at)
    issue.refresh_from_db()

    with pytest.raises(Refused, match="Somebody else"):
        issues.save_words(issue, subject="From the other", intro="", topic=None, seen_at=seen_at)

    issue.refresh_from_db()
    assert issue.subject == "From one"


def test_the_later_of_two_editors_keeps_short_words_and_may_save_them_again(editor, make_issue):
    issue = make_issue()
    page = f"/letters/{issue.pk}/"
    seen_at = issue.changed_at.isoformat()
    issues.save_words(issue, subject="From one", intro="", topic=None)

    refused = editor.post(page, {"subject": "Mine", "intro": "Short.", "seen_at": seen_at})
    assert refused.status_code == 409
    assert {"From one", "Mine"} <= set(re.findall("From one|Mine", refused.content.decode()))
    now = refused.context["form"].data["seen_at"]
    editor.post(page, {"subject": "Mine", "intro": "Short.", "seen_at": now})

    issue.refresh_from_db()
    assert (issue.subject, issue.intro) == ("Mine", "Short.")


@pytest.fixture
def looked_at(editor, settings, make_issue):
    """A letter that another editor changes after its send page was opened, and what that page sends."""
    settings.DEMO = True
    issue = make_issue()
    page = editor.get(f"/letters/{issue.pk}/send/")
    issues.save_words(issue, subject="From the other", intro="", topic=None)
    return issue, {"seen_at": page.context["seen_at"]}


@pytest.mark.parametrize(
    ("act", "more", "state"), [("send", {}, "sending"), ("schedule", {"at": "2190-01-31T09:00"}, "scheduled")]
)
def test_what_another_editor_changed_since_one_looked_is_not_sent_until_one_says_so_again(
    editor, looked_at, act, more, state
):
    issue, seen = looked_at
    path = f"/letters/{issue.pk}/{act}/"

    refused = editor.post(path, seen | more)
    assert refused.status_code == 409
    assert "nothing was sent" in refused.content.decode()
    assert more.get("at", "") in refused.content.decode()
    assert Issue.objects.get().state == "draft"
    editor.post(path, {"seen_at": refused.context["seen_at"], **more})

    assert Issue.objects.get().state == state


@pytest.mark.parametrize("page", ["", "preview/"])
def test_what_changed_between_the_look_and_the_question_is_not_sent_either(
    editor, settings, make_issue, page
):
    settings.DEMO = True
    issue = make_issue()
    looked = editor.get(f"/letters/{issue.pk}/{page}").content.decode()
    issues.save_words(issue, subject="From the other", intro="", topic=None)

    asked = editor.get(re.findall(r'href="(/letters/[^"]+/send/[^"]*)"', looked)[0])

    assert editor.post(f"/letters/{issue.pk}/send/", {"seen_at": asked.context["seen_at"]}).status_code == 409
    assert Issue.objects.get().state == "draft"


def test_an_unreadable_time_of_looking_asks_as_if_for_the_first_time(editor, make_issue):
    issue = make_issue()

    page = editor.get(f"/letters/{issue.pk}/send/?seen_at=nonsense")

    assert page.context["seen_at"] == issue.changed_at.isoformat()


def test_marks_that_turn_the_line_stay_out_of_a_subject(make_issue):
    issue = make_issue()

    issues.save_words(issue, subject="News\u202e of  May", intro="Hi\u2066", topic=None)

    issue.refresh_from_db()
    assert (issue.subject, issue.intro) == ("News of May", "Hi")


def test_articles_are_put_in_once_moved_and_taken_out(make_issue):
    issue = make_issue()
    keys = [cards.key_of(make_news(title=title)) for title in ("B", "C")]
    for key in (*keys, keys[0]):
        issues.add_item(issue, key)
        issue.refresh_from_db()

    issues.move_item_earlier(issue, keys[1])
    issue.refresh_from_db()
    assert titles(issue)[1:] == ["C", "B"]

    issues.remove_item(issue, keys[1])
    assert titles(issue)[1:] == ["B"]


def test_a_draft_shows_articles_as_they_stand_and_a_sent_letter_as_they_stood(make_issue):
    issue = make_issue()
    NewsPage.objects.update(title="Said better")
    assert titles(issue) == ["Said better"]

    sending.begin(issue)
    NewsPage.objects.update(title="Said otherwise")

    issue.refresh_from_db()
    assert titles(issue) == ["Said better"]


def test_a_test_goes_to_one_address_with_the_formatted_letter(editor, settings, make_issue, make_reader):
    settings.DEMO = True
    make_reader("ann")
    issue = make_issue()

    editor.post(f"/letters/{issue.pk}/test/", {"address": "me@example.org"})

    mail = OutgoingMail.objects.get()
    assert (mail.address, issue.state) == ("me@example.org", IssueState.DRAFT)
    assert "<h1>What is new</h1>" in mail.html
    assert "leave.invalid" not in mail.html + mail.body


def test_a_test_goes_to_nobody_who_asked_for_no_more_mail(settings, make_issue):
    settings.DEMO = True
    NeverAgain.objects.create(index=vault.blind_index("opt-out", "me@example.org"))

    issues.send_test(make_issue(), "me@example.org")

    assert not OutgoingMail.objects.exists()


def test_without_a_mail_server_nothing_is_sent_and_the_reason_said(make_issue):
    with pytest.raises(Refused, match="POSITIVESOCIALS_MAIL_URL"):
        issues.send_now(make_issue(), by=None)


def test_a_letter_is_sent_once_and_then_stands(settings, make_issue):
    settings.DEMO = True
    issue = make_issue()
    issues.send_now(issue, by=None)

    for again in (
        lambda: issues.send_now(issue, by=None),
        lambda: issues.save_words(issue, subject="Else", intro="", topic=None),
        lambda: issues.drop(issue),
    ):
        with pytest.raises(Refused):
            again()


def test_who_sends_schedules_and_stops_a_letter_is_on_record(editor, edda, settings, make_issue):
    settings.DEMO = True
    issue, later = make_issue(), make_issue()

    editor.post(f"/letters/{issue.pk}/send/")
    editor.post(f"/letters/{issue.pk}/send/")
    editor.post(f"/letters/{issue.pk}/stop/")
    editor.post(f"/letters/{later.pk}/schedule/", {"at": "2190-01-31T09:00"})

    rows = AuditRecord.objects.filter(actor_id=edda.pk).order_by("number")
    assert list(rows.values_list("verb", "item_id")) == [
        (Verb.SEND_LETTER, issue.pk),
        (Verb.STOP_LETTER, issue.pk),
        (Verb.SCHEDULE_LETTER, later.pk),
    ]


def test_a_scheduled_letter_can_be_taken_back(settings, make_issue):
    settings.DEMO = True
    issue = make_issue()
    with pytest.raises(Refused, match="over"):
        issues.schedule(issue, timezone.now() - timedelta(minutes=1), by=None)

    issues.schedule(issue, timezone.now() + timedelta(days=1), by=None)
    issues.unschedule(issue)

    issue.refresh_from_db()
    assert (issue.state, issue.due_at) == (IssueState.DRAFT, None)


def test_a_time_is_chosen_as_the_browser_writes_it(editor, settings, make_issue):
    settings.DEMO = True
    issue = make_issue()

    editor.post(f"/letters/{issue.pk}/schedule/", {"at": "2099-01-31T09:00"})
    assert editor.post(f"/letters/{issue.pk}/schedule/", {"at": "soon"}).status_code == 422

    issue.refresh_from_db()
    assert f"{issue.due_at:%Y-%m-%d %H:%M %Z}" == "2099-01-31 09:00 UTC"


def test_a_long_address_can_be_broken_and_plain_text_reads_plainly(make_issue):
    letter = rendering.written(
        make_issue(intro=f"A **word** at [here](https://example.org/{'a' * 90}) &<b> {'x' * 90}")
    )

    assert "A word at here (https://example.org/" in letter.text
    assert f'href="https://example.org/{"a" * 90}"' in letter.html
    assert max(map(len, re.findall(r"x+", letter.html))) <= 24


def test_an_empty_letter_is_not_sent(settings):
    settings.DEMO = True
    issue = issues.start()
    with pytest.raises(Refused, match="subject"):
        issues.send_now(issue, by=None)

    issues.save_words(issue, subject="What is new", intro="", topic=None)
    issue.refresh_from_db()
    with pytest.raises(Refused, match="empty"):
        issues.send_now(issue, by=None)


def test_the_formatted_letter_needs_no_exception_from_the_policy_of_pages(editor, make_issue):
    answer = editor.get(f"/letters/{make_issue().pk}/preview/page/")

    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert not re.search(r"<style|<script|<img|\sstyle=", answer.content.decode())


def test_readers_get_every_topic_until_they_leave_one_out(client, make_reader):
    for name in ("Events", "Groups"):
        issues.add_topic(name)
    ann = make_reader("ann")
    path = f"/letter/topics/{services.leave_token(ann)}/"
    assert client.get(path).content.decode().count("checked") == 2

    client.post(path, {"topics": [str(Topic.objects.get(name="Events").pk)]})

    ann.refresh_from_db()
    issues.add_topic("Later")
    assert [topic.name for topic in selectors.wanted_topics(ann)] == ["Events", "Later"]


def test_which_topics_somebody_left_out_lies_sealed(client, make_reader):
    issues.add_topic("Events")
    ann = make_reader("ann")

    services.choose_topics(services.leave_token(ann), wanted=[])

    stored = type(ann).objects.values_list("left_out", flat=True).get()
    assert Topic.objects.get().pk.hex.encode() not in bytes(stored)


def test_a_topic_that_is_closed_is_offered_no_more(editor, client, make_reader):
    editor.post("/letters/topics/", {"name": "Events"})
    topic = Topic.objects.get()

    editor.post(f"/letters/topics/{topic.pk}/close/")

    page = client.get(f"/letter/topics/{services.leave_token(make_reader('ann'))}/")
    assert "Events" not in page.content.decode()
    assert "Events" in editor.get("/letters/topics/").content.decode()


def test_what_was_sent_is_there_for_anyone_and_a_draft_is_not(client, settings, make_issue):
    settings.DEMO = True
    draft, sent = make_issue(), make_issue(subject="From last week")
    issues.send_now(sent, by=None)

    assert client.get(f"/newsletter/{draft.pk}/").status_code == 404
    page = client.get(f"/newsletter/{sent.pk}/").content.decode()
    assert "From last week" in page
    assert f'<link rel="canonical" href="http://localhost:8000/newsletter/{sent.pk}/">' in page
    assert "From last week" in client.get("/newsletter/").content.decode()


def test_a_link_to_a_page_of_ours_leads_there_from_a_mail_too(make_issue, settings):
    settings.ORIGIN = "https://harbour.example"
    words = (
        "[Guides](/guides/hiv/?a=1&b=2) and [others](https://who.example/a) and [mail](mailto:a@b.example)"
    )

    letter = rendering.written(make_issue(intro=words))

    assert "Guides (https://harbour.example/guides/hiv/?a=1&b=2)" in letter.text
    assert 'href="https://harbour.example/guides/hiv/?a=1&amp;b=2"' in letter.html
    assert 'href="https://who.example/a"' in letter.html
    assert 'href="mailto:a@b.example"' in letter.html
