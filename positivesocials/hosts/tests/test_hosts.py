from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from positivesocials.audit.models import AuditRecord, Verb
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.hosts import access, selectors, services, training
from positivesocials.hosts.models import Host
from positivesocials.hosts.tests.conftest import RIGHT
from positivesocials.messaging import services as messaging
from positivesocials.messaging.cautions import caution_about
from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import Notice
from positivesocials.profiles import badges
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Persona, Profile
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db


def write(account, group, text="Hello, all."):
    return groups.write_post(account, group, title="", text=text, client_key=uuid4().hex)


def write_as_alias(account, group):
    said: dict[str, Any] = {"alias": "Heron", "salt": "00ff00ff00ff00ff", "title": "", "text": "Hello."}
    return groups.write_post_as_alias(account, group, client_key=uuid4().hex, **said)


def test_one_wrong_answer_is_explained_and_nobody_passes_with_it(ada, signed_in):
    wrong = RIGHT | {"number": "go"}
    page = signed_in(ada).post("/hosts/quiz/", wrong).content.decode()

    assert "Elsewhere no block reaches and nobody can help." in page
    assert page.count("Read it again") == 1
    assert not Host.objects.exists()


def test_who_has_passed_asks_and_the_team_makes_a_host(ada, mo, signed_in):
    browser = signed_in(ada)
    assert browser.post("/hosts/quiz/", RIGHT).headers["Location"] == "/hosts/ask/"
    browser.post("/hosts/ask/", {"why": "I like to say hello."})
    row = Host.objects.get()
    assert not access.is_host(ada)
    assert "I like to say hello." in signed_in(mo).get("/hosts/team/").content.decode()

    signed_in(mo).post(f"/hosts/team/{row.pk}/make/")

    row.refresh_from_db()
    assert access.is_host(ada)
    assert row.why is None
    assert Notice.objects.filter(account=ada, kind=services.NOTICE).exists()
    assert AuditRecord.objects.filter(subject_account_id=ada.pk, verb=Verb.MAKE_HOST).count() == 1


def test_nobody_asks_before_they_have_passed(ada):
    with pytest.raises(Refused):
        services.ask(ada, why="Because.")


def test_nobody_makes_themselves_a_host_and_members_make_none(mo, ada, asking):
    for actor, row in ((mo, asking(mo)), (mo, None), (ada, asking(ada))):
        with pytest.raises(NotThere):
            services.make_host(actor, row.pk if row else uuid4())


def test_a_moderator_who_is_kept_apart_does_not_decide(ada, mo, asking):
    row = asking(ada)
    safety.block(ada, [mo.pk])

    with pytest.raises(NotThere):
        services.make_host(mo, row.pk)
    assert selectors.waiting(mo) == ([], [])


def test_a_host_is_made_once(ada, mo, asking):
    row = asking(ada)
    services.make_host(mo, row.pk)

    with pytest.raises(Refused):
        services.make_host(mo, row.pk)


def test_the_badge_can_be_taken_back_and_given_up(ada, ben, mo, made_host):
    for account in (made_host(ada), made_host(ben)):
        assert access.is_host(account)

    services.end_host(mo, Host.objects.get(account=ada).pk)
    services.stop(ben)

    assert access.hosts_among([ada.pk, ben.pk]) == set()
    assert not Host.objects.filter(account=ben).exists()


def test_the_badge_stands_beside_the_name_and_never_beside_an_alias(client, ada, made_host):
    welcome = founding.found_welcome()
    moderation.trust([ada.pk])
    made_host(ada)
    alias = write_as_alias(ada, welcome)
    named = write(ada, welcome)

    assert "i-sun" in client.get(f"/groups/welcome/{named.pk}/").content.decode()
    assert "i-sun" not in client.get(f"/groups/welcome/{alias.pk}/").content.decode()


def test_no_badge_is_given_to_an_alias(ada, made_host):
    made_host(ada)
    alias = profiles.make_alias(ada, name="Heron", salt="00ff00ff00ff00ff")
    own_id = Profile.objects.get(account=ada).persona_id

    given = badges.of_all((each.pk, each) for each in Persona.objects.filter(pk__in=[alias.pk, own_id]))

    assert list(given) == [own_id]


def test_a_reply_of_a_host_carries_the_badge(client, ada, made_host):
    welcome = founding.found_welcome()
    moderation.trust([ada.pk])
    post = write_as_alias(ada, welcome)
    made_host(ada)
    own = Profile.objects.get(account=ada).persona_id
    assert own
    groups.reply_to_post(ada, post, persona_id=own, text="Hello.", parent_id=None, client_key=uuid4().hex)

    assert client.get(f"/groups/welcome/{post.pk}/").content.decode().count("i-sun") == 1


def test_badges_cost_one_query_however_many_write(client, ada, ben, made_host):
    welcome = founding.found_welcome()
    moderation.trust([ada.pk, ben.pk])
    made_host(ada)
    write(ada, welcome)
    few = counted(client)
    for account in (ada, made_host(ben), ben):
        write(account, welcome)

    assert counted(client) == few


def test_newcomers_see_hosts_beside_the_group_that_greets_them(client, signed_in, ada, ben, dora, made_host):
    founding.found_welcome()
    made_host(ada)

    assert "Whom to turn to" in signed_in(ben).get("/groups/welcome/").content.decode()
    assert "Ada" in signed_in(ben).get("/hosts/").content.decode()
    # Ada has blocked Dora, and guests are told nobody's name.
    assert "Ada" not in signed_in(dora).get("/hosts/").content.decode()
    assert "Ada" not in client.get("/groups/welcome/").content.decode()


def test_the_head_of_a_conversation_shows_the_badge_of_a_host_to_whom_they_talk_with(
    ada, ben, made_host, signed_in
):
    talk = messaging.open_conversation(ada.profile, ben.profile)
    made_host(ada)

    seen = [signed_in(account).get(f"/conversations/{talk.pk}/").text for account in (ben, ada)]
    # In the head, and where it is said who is here.
    assert [page.count("i-sun") for page in seen] == [2, 0]


@pytest.mark.parametrize(
    ("text", "by_host", "caution"),
    [
        ("I use Telegram a lot.", False, ""),
        ("I use Telegram a lot.", True, "host"),
        ("Text me on Telegram", False, "elsewhere"),
        ("Text me on Telegram", True, "host"),
        ("0044 20 7946 0958", True, "host"),
        ("Send me 50 dollars", True, "money"),
        ("Welcome! What would help you most?", True, ""),
        ("What's new with you?", True, ""),
    ],
)
def test_readers_are_told_more_plainly_when_a_host_leads_away(text, by_host, caution):
    assert caution_about(text, by_host=by_host) == caution


def test_every_question_has_its_answer_on_a_page_that_exists():
    slugs = {page.slug for page in training.PAGES}

    assert {question.page for question in training.QUESTIONS} == slugs
    assert all(question.right in question.choices for question in training.QUESTIONS)


def counted(browser):
    with CaptureQueriesContext(connections["default"]) as main:
        assert browser.get("/groups/welcome/", headers={"cookie": "t=1"}).status_code == 200
    return len(main)
