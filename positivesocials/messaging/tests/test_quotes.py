from uuid import uuid4

import pytest

from positivesocials.core.refusals import NotThere
from positivesocials.messaging import composing, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message
from positivesocials.messaging.tests.test_pages import page, post
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


def answer(actor, talk, message, text="Yes, gladly"):
    key = uuid4().hex
    return composing.send(actor, talk.pk, text=text, client_key=key, reply_to=message.pk)


def test_a_reply_shows_what_it_answers_and_leads_there(talk, ada, ben, say, signed_in):
    asked = say(ada, talk, "Coffee on Sunday?")
    answer(ben, talk, asked)

    shown = signed_in(ben).get(page(talk)).text

    assert f'data-quote="{asked.pk}" href="#m-{asked.pk}"' in shown
    assert shown.count("Coffee on Sunday?") == 2


def test_without_scripts_the_link_below_a_message_fills_the_composer(talk, ada, ben, say, signed_in):
    asked, client = say(ada, talk, "Coffee on Sunday?"), signed_in(ben)

    assert f'href="?reply={asked.pk}#say"' in client.get(page(talk)).text
    shown = client.get(page(talk), {"reply": asked.pk}).text

    assert f'name="reply_to" value="{asked.pk}"' in shown
    assert "Your reply to" in shown.partition('<template id="waiting">')[0]


def test_a_sent_reply_is_one(talk, ada, ben, say, signed_in):
    asked = say(ada, talk, "Coffee on Sunday?")

    post(signed_in(ben), talk, "Yes", reply_to=str(asked.pk))

    assert Message.objects.order_by("sent_at")[1].envelope["reply_to"] == str(asked.pk)


def test_a_refused_reply_stays_one(talk, ada, ben, say, signed_in):
    asked = say(ada, talk, "Coffee on Sunday?")

    shown = post(signed_in(ben), talk, "x" * (composing.LONGEST + 1), reply_to=str(asked.pk)).text

    assert f'name="reply_to" value="{asked.pk}"' in shown


def test_a_quote_of_words_taken_back_says_so(talk, ada, ben, say, signed_in):
    asked = say(ada, talk, "Coffee on Sunday?")
    answer(ben, talk, asked)

    messaging.take_back(ada, talk.pk, asked.pk)

    shown = signed_in(ben).get(page(talk)).text
    assert ("Coffee on Sunday?" in shown, shown.count("Removed by its author.")) == (False, 2)


def test_a_quote_of_an_erased_account_says_no_name(talk, ada, ben, say, signed_in):
    answer(ben, talk, say(ada, talk, "Gone with me"))
    vault.shred(KeyOwner("accounts.Account", ada.pk))
    ada.delete()

    shown = signed_in(ben).get(page(talk)).text

    assert ("Gone with me" in shown, "Someone who left</b> <span" in shown) == (False, True)


def test_a_message_of_another_conversation_cannot_be_quoted(talk, ada, ben, cleo, say):
    elsewhere = say(ada, messaging.open_conversation(ada.profile, cleo.profile), "Elsewhere")

    with pytest.raises(NotThere):
        answer(ada, talk, elsewhere)


@pytest.mark.parametrize("asked", ["elsewhere", "nowhere", "not an id"])
def test_an_address_that_names_anything_else_fills_nothing(talk, ada, cleo, asked, say, signed_in):
    elsewhere = say(ada, messaging.open_conversation(ada.profile, cleo.profile), "Elsewhere")
    named = {"elsewhere": elsewhere.pk, "nowhere": uuid4()}.get(asked, asked)

    shown = signed_in(ada).get(page(talk), {"reply": named}).text

    assert ("Elsewhere" in shown, "Your reply to" in shown.partition("<template")[0]) == (False, False)


def test_a_quote_from_far_back_leads_to_the_page_that_shows_it(talk, ada, ben, say, signed_in):
    asked = say(ada, talk, "Long ago")
    for number in range(selectors.PAGE + 10):
        say(ada, talk, f"Number {number}")
    answer(ben, talk, asked)
    client = signed_in(ben)

    there = page(talk, "show-message", asked.pk)
    assert f'href="{there}"' in client.get(page(talk)).text
    answer_there = client.get(there, follow=True)

    assert "Long ago" in [line.text for line in answer_there.context["talk"].lines]
    assert answer_there.redirect_chain[-1][0].endswith(f"#m-{asked.pk}")


def test_in_a_closed_conversation_nothing_offers_a_reply(talk, ada, ben, say, signed_in):
    say(ada, talk)
    messaging.close_conversation(talk)

    assert "data-reply" not in signed_in(ben).get(page(talk)).text
