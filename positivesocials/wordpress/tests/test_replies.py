from datetime import UTC, datetime

from positivesocials.articles.models import NewsPage
from positivesocials.moderation.models import Hold
from positivesocials.notifications.models import Notice
from positivesocials.replies.models import GuestContact, Reply, State
from positivesocials.vault.fields import warm
from positivesocials.wordpress.tests.exports import comment, export, post


def texts() -> dict[str, str]:
    replies = list(Reply.objects.all())
    warm(replies)
    return {reply.guest_name: reply.text for reply in replies}


def test_comments_become_replies_with_their_dates_and_places(brought_in):
    report = brought_in(export(post(1, comments=[comment(5, "Below.", parent=4), comment(4, "Above.")])))

    above, below = (Reply.objects.get(children__isnull=has) for has in (False, True))
    assert report["replies"] == 2
    assert (above.text, below.text, below.parent_id) == ("Above.", "Below.", above.pk)
    assert above.written_at == datetime(2021, 5, 4, 9, 30, tzinfo=UTC)


def test_addresses_are_sealed_and_end_with_the_keys_of_other_guests(brought_in, client):
    brought_in(export(post(1, comments=[comment(4, author_IP="192.0.2.7")])))

    assert GuestContact.objects.get().address == "guest4@example.org"
    column = GuestContact.objects.values_list("address", flat=True).get()
    assert b"guest4" not in bytes(column)
    assert "guest4@" not in client.get("/news/post-1/").content.decode()


def test_what_waited_waits_in_the_queue_and_is_not_shown(brought_in, client):
    brought_in(
        export(
            post(
                1, comments=[comment(4, "Wait for me", approved="0"), comment(5, "Hold me", approved="hold")]
            )
        )
    )

    assert set(Reply.objects.values_list("state", flat=True)) == {State.HELD}
    assert Hold.objects.count() == 2
    assert "Wait for me" not in client.get("/news/post-1/").content.decode()


def test_spam_trash_and_pingbacks_are_left_out_and_answers_move_up(brought_in):
    report = brought_in(
        export(
            post(
                1,
                comments=[
                    comment(1, "Root"),
                    comment(2, "Spam", approved="spam", parent=1),
                    comment(3, "Answer", parent=2),
                    comment(4, "Bin", approved="trash"),
                    comment(5, "Ping", type="pingback"),
                    comment(6, "   "),
                ],
            )
        )
    )

    assert texts() == {"Guest 1": "Root", "Guest 3": "Answer"}
    assert [r.text for r in Reply.objects.filter(children__isnull=False)] == ["Root"]
    assert len(report["left_out"]) == 4


def test_comments_that_answer_each_other_in_a_circle_all_come_in(brought_in):
    brought_in(export(post(1, comments=[comment(1, parent=2), comment(2, parent=1), comment(3, parent=3)])))

    assert Reply.objects.count() == 3


def test_slashes_and_signs_stay_as_they_were_written(brought_in, client):
    brought_in(export(post(1, r"C:\xampp aren\'t \"cool\"", comments=[comment(4, r"\o/ ¯\_(ツ)_/¯")])))

    page = client.get("/news/post-1/").content.decode()
    assert r"C:\xampp aren\'t \"cool\"" in page
    assert r"\o/ ¯\_(ツ)_/¯" in page


def test_markup_in_a_comment_becomes_words(brought_in, client):
    text = (
        '<p>Read <a href="https://example.org/x">this</a><script>alert(1)</script></p>\u202e <img onerror=y>'
    )
    brought_in(export(post(1, comments=[comment(4, text)])))

    page = client.get("/news/post-1/").content.decode()
    assert "this (https://example.org/x)" in page
    assert ("alert(1)" in page, "onerror" in page, "\u202e" in page) == (False, False, False)


def test_a_second_run_adds_only_new_comments(brought_in):
    brought_in(export(post(1, comments=[comment(1)])))

    report = brought_in(export(post(1, comments=[comment(1), comment(2, parent=1)])))

    assert (report["posts"], report["replies"], Reply.objects.count()) == (0, 1, 2)


def test_below_a_deleted_article_nothing_comes_in_again(brought_in):
    whole = export(post(1, comments=[comment(1)]))
    brought_in(whole)
    NewsPage.objects.get().delete()

    brought_in(whole)

    assert not NewsPage.objects.exists()


def test_nobody_is_told_and_no_mail_goes_out(brought_in, mailoutbox):
    brought_in(export(post(1, comments=[comment(1), comment(2, parent=1)])))

    assert not Notice.objects.exists()
    assert mailoutbox == []


def test_closed_comments_stay_closed(brought_in):
    brought_in(export(post(1, comment_status="closed")))

    assert not NewsPage.objects.get().takes_replies


def test_a_name_that_is_an_address_is_not_shown(brought_in):
    brought_in(export(post(1, comments=[comment(1, author="me@example.org")])))

    assert Reply.objects.get().guest_name == "Guest"
