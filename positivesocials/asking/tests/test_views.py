from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from positivesocials.asking import services
from positivesocials.asking.models import Answer, Professional, Question
from positivesocials.asking.tests.test_asking import answer, ask
from positivesocials.care.selectors import ASKED

pytestmark = pytest.mark.django_db

SENT = {"title": "Does a condom help?", "text": "Before Friday.", "reading": "shared"}


def sent(**more):
    return SENT | {"client_key": uuid4().hex} | more


def test_the_page_says_when_answers_come_and_where_help_is(client, signed_in, ada):
    for browser, path in ((client, "/ask/"), (signed_in(ada), "/ask/new/")):
        page = browser.get(path).content.decode()

        assert "within two working days" in page
        assert "not an emergency service" in page
        assert "/help-now/" in page


def test_a_question_is_asked_without_any_name(client, signed_in, ada, nurse):
    signed_in(ada).post("/ask/new/", sent())
    question = Question.objects.get()
    answer(nurse, question)

    for browser in (client, signed_in(nurse)):
        page = browser.get(f"/ask/{question.pk}/").content.decode()
        assert "Somebody asks" in page
        assert "Ada" not in page
        assert str(ada.pk) not in page
        assert "Nora Quill" in page


def test_nobody_is_asked_to_share_by_a_tick_that_stands_already(signed_in, ada):
    page = signed_in(ada).get("/ask/new/").content.decode()
    response = signed_in(ada).post("/ask/new/", sent(reading=""))

    assert "checked" not in page.split("<form", 2)[-1].split("</form>")[0]
    assert response.status_code == 422
    assert not Question.objects.exists()


def test_looking_first_shows_what_was_answered_and_keeps_what_is_typed(signed_in, ada, cleo, nurse):
    answer(nurse, ask(ada, "Do condoms help against warts?"))

    page = (
        signed_in(cleo)
        .post("/ask/new/", sent(title="Do condoms help with warts?", look="on"))
        .content.decode()
    )

    assert "Answered before" in page
    assert "Before Friday." in page
    assert Question.objects.count() == 1


def test_a_second_look_is_asked_before_somebody_gives_themselves_away(signed_in, ada):
    browser = signed_in(ada)
    words = sent(text="Call me under +44 20 7946 0958 please.")

    assert browser.post("/ask/new/", words).status_code == ASKED
    assert not Question.objects.exists()
    assert browser.post("/ask/new/", words | {"sure": "on"}).status_code == 302


def test_words_of_a_crisis_bring_help_to_the_asker_and_care_to_readers(client, signed_in, ada, nurse):
    signed_in(ada).post("/ask/new/", sent(text="I want to kill myself."))
    question = Question.objects.get()
    answer(nurse, question)

    assert "Only you see this" in signed_in(ada).get(f"/ask/{question.pk}/").content.decode()
    assert "If reading it is hard for you" in client.get(f"/ask/{question.pk}/").content.decode()


def test_the_search_finds_answered_questions_that_may_be_read(client, ada, nurse):
    answer(nurse, ask(ada, "Marmalade on a Tuesday"))
    answer(nurse, ask(ada, "Marmalade on a Wednesday", is_shared=False))

    page = client.get("/search/?q=marmalade").content.decode()

    assert "Answered questions" in page
    assert "Tuesday" in page
    assert "Wednesday" not in page


def test_a_professional_answers_from_the_list_of_what_waits(signed_in, ada, nurse):
    question, browser = ask(ada), signed_in(nurse)
    assert question.title in browser.get("/ask/waiting/").content.decode()

    browser.post(f"/ask/{question.pk}/answer/", {"text": "It helps.", "client_key": "k"})

    assert "It helps." in signed_in(ada).get(f"/ask/{question.pk}/").content.decode()
    assert question.title not in browser.get("/ask/waiting/").content.decode()


def test_members_do_not_see_what_waits(signed_in, ada, cleo):
    question = ask(ada)

    assert signed_in(cleo).get("/ask/waiting/").status_code == 404
    assert signed_in(cleo).get(f"/ask/{question.pk}/").status_code == 404
    assert signed_in(cleo).post(f"/ask/{question.pk}/answer/", {"text": "No."}).status_code == 404


def test_an_operator_checks_who_asks_to_answer(signed_in, cleo, olu):
    words = {"name": "Nora Quill", "profession": "Nurse", "proof": "Register, number 7"}
    signed_in(cleo).post("/ask/answers/", words)
    row = Professional.objects.get()
    browser = signed_in(olu)
    assert "Register, number 7" in browser.get(f"/ask/answers/checks/{row.pk}/").content.decode()

    said = words | {"proof": "Entry in the public register", "valid_until": "2027-06-01"}
    assert browser.post(f"/ask/answers/checks/{row.pk}/", said).status_code == 302

    row.refresh_from_db()
    assert row.is_verified
    assert (row.checked, row.checked_by_id, row.asked) == ("Entry in the public register", olu.pk, None)


def test_an_only_operator_is_told_what_readers_see(signed_in, ada, cleo, olu, make_member):
    words = {"name": "Nora Quill", "profession": "Nurse", "proof": "The register"}
    browser = signed_in(olu)
    assert "You are the only operator" in browser.get("/ask/answers/").text
    browser.post("/ask/answers/", words)
    page = f"/ask/answers/checks/{olu.professional.pk}/"
    assert "This is you." in browser.get(page).text
    browser.post(page, words | {"valid_until": (timezone.localdate() + timedelta(days=90)).isoformat()})
    question = ask(ada)
    answer(olu, question)

    shown = signed_in(cleo).get(f"/ask/{question.pk}/").text
    assert "By their own word" in shown
    assert "nobody else has checked it" in shown
    assert "Checked by the operators" not in shown
    make_member("Second", role="operator")
    assert "Another operator checks it" in browser.get("/ask/answers/").text
    assert browser.get(page).status_code == 404


def test_the_operator_sees_how_long_questions_wait_and_no_words(signed_in, ada, olu):
    question = ask(ada)

    page = signed_in(olu).get("/ask/answers/checks/").content.decode()

    assert "1 question waits" in page
    assert question.title not in page


@pytest.mark.parametrize("path", ["/ask/", "/ask/waiting/", "/ask/mine/"])
def test_a_list_asks_as_often_for_many_as_for_one(path, signed_in, ada, cleo, nurse):
    def make(who):
        question = ask(who, f"Question {uuid4().hex}")
        if path == "/ask/":
            answer(nurse, question)

    asker = nurse if path == "/ask/mine/" else ada
    make(asker)
    few = counted(signed_in(nurse), path)
    make(asker)
    make(nurse if path == "/ask/mine/" else cleo)

    assert counted(signed_in(nurse), path) == few


def test_a_question_asks_as_often_for_many_answers_as_for_one(signed_in, ada, cleo, nurse, verified):
    verified(cleo, "Sam Reed")
    question = ask(ada)
    answer(nurse, question)
    few = counted(signed_in(ada), f"/ask/{question.pk}/")
    for who in (cleo, nurse, cleo):
        answer(who, question)
    services.accept(ada, Answer.objects.filter(question=question).earliest("written_at"))

    assert counted(signed_in(ada), f"/ask/{question.pk}/") == few


def counted(browser, path):
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as keys,
    ):
        assert browser.get(path).status_code == 200
    return len(main), len(keys)
