"""Writes an unmistakable word into everything sensitive that the services keep.

`python -m tests.planting` does it in a data folder of its own and prints the words as JSON.
"""

import hashlib
import json
import os
import sys

PUBLIC = "news body"


def word(kind: str) -> str:
    """The word for a kind of content: never part of anything else, whatever it is encoded as."""
    return "zq" + hashlib.sha256(kind.encode()).hexdigest()[:16]


class Planter:
    """Hands out words and remembers which."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}

    def __call__(self, kind: str) -> str:
        self.words[kind] = word(kind)
        return self.words[kind]

    def address(self, kind: str) -> str:
        return f"{self(kind)}@example.org"


def plant() -> dict[str, str]:
    """Every word by what it stands for. The word of `PUBLIC` alone is meant to be found."""
    new = Planter()
    one, other = _people(new)
    _couple(new, one, other)
    _conversation(new, one, other)
    _checks(new, one, other)
    _community(new, one, other)
    _guests(new)
    _signing_in(new)
    return new.words


def _people(new):
    from positivesocials.accounts import services as accounts
    from positivesocials.matching import services as matching
    from positivesocials.privacy import services as privacy
    from positivesocials.profiles import services as profiles
    from positivesocials.safety import services as safety

    people = []
    for number in "12":
        account = accounts.open_account(address=new.address(f"address {number}"), password_hash="!")
        privacy.give_consent(account, purpose="circles")
        profile = profiles.make_individual(account, name=new(f"name {number}"))
        profiles.change_facets(profile, facets=_facets(new, number))
        matching.save_preferences(profile, "friends", {"on": True, "goals": ["people-like-me"]})
        people.append(account)
    profiles.make_alias(people[0], name=new("alias"))
    blocked = accounts.open_account()
    safety.block(people[0], [blocked.pk], shown_as=new("block name"))
    return people


def _facets(new, number):
    return {
        "pronouns": new(f"pronouns {number}"),
        "gender": new(f"gender {number}"),
        "orientation": new(f"orientation {number}"),
        "searches": ["nonbinary"],
        "birth_year": 1987,
        "birth_month": 4,
        "place": 12345678,
        "interests": [new(f"interest {number}")],
        "prompts": [{"question": "sunday", "answer": new(f"prompt {number}")}],
        "circles": ["slow-and-low"],
    }


# What has few values cannot be planted as a word: these pieces of it must not be there either.
PIECES = (
    "slow-and-low",
    "people-like-me",
    "12345678",
    '"birth_year"',
    "nonbinary",
    '"circles_only"',
    "Pacific/Apia",
)


def _couple(new, one, other):
    from positivesocials.profiles import services as profiles

    link = profiles.invite(one, name=new("couple name 1"))
    new.words["couple code"] = str(link.code)
    waiting = profiles.invite(other, name=new("couple name waiting"))
    new.words["waiting code"] = str(waiting.code)
    profiles.accept(other, str(link.code), name=new("couple name 2"))
    joint = profiles.confirm(one, link.pk)
    about = [{"gender": new("couple gender 1")}, {"gender": new("couple gender 2")}]
    profiles.change_facets(joint, facets={"about": about, "place": 12345678})


def _conversation(new, one, other):
    from positivesocials.accounts import services as accounts
    from positivesocials.messaging import composing, drafts, reactions
    from positivesocials.messaging import services as messaging
    from positivesocials.moderation import services as moderation
    from positivesocials.profiles import selectors, services

    third = accounts.open_account()
    face = selectors.profile_of(one)
    assert face is not None
    conversation = messaging.open_conversation(face, services.make_individual(third, name=new("name 3")))
    composing.send(one, conversation.pk, text=new("message"), client_key="1")
    sent = composing.send(third, conversation.pk, text=new("reported message"), client_key="2")
    reactions.react(one, conversation.pk, sent.pk, sign="sun")
    moderation.report(one, kind="message", item_id=sent.pk, why="money", note=new("report note"))
    taken = composing.send(third, conversation.pk, text=new("message taken back"), client_key="3")
    messaging.take_back(third, conversation.pk, taken.pk)
    drafts.keep(one, conversation.pk, text=new("draft"), version=0)


def _checks(new, one, other):
    from positivesocials.accounts import services as accounts
    from positivesocials.profiles import checks

    moderator = accounts.open_account(role="moderator")
    for account, number in ((one, "1"), (other, "2")):
        call = checks.ask_for_call(account, times=new(f"times of a call {number}"))
        link = f"https://example.org/{new(f'place of a call {number}')}"
        checks.arrange_call(moderator, call.pk, link=link, when="Friday")
    checks.fail_check(moderator, call.pk, reason=new("reason of a person check"))


def _community(new, one, other):
    from positivesocials.accounts import services as accounts
    from positivesocials.groups import founding
    from positivesocials.groups import services as groups
    from positivesocials.moderation import services as moderation

    moderator = accounts.open_account(role="moderator")
    welcome = founding.found_welcome()
    photo = _photo(one, welcome, new("photo of a post"))
    _photo(one, welcome, new("photo of a draft"))
    held = groups.write_post(
        one, welcome, title=new("post title"), text=new("held post"), client_key="4", photos=[photo.pk]
    )
    moderation.remove(moderator, kind="post", item_id=held.pk, reason=new("reason"))
    moderation.trust([one.pk, other.pk])
    names = {"alias": new("post alias"), "salt": "00ff00ff00ff00ff"}
    post = groups.write_post_as_alias(
        other, welcome, **names, title=new("alias title"), text=new("alias post"), client_key="5"
    )
    persona = one.personas.filter(is_alias=False).first()
    reply = {"parent_id": None, "client_key": "6", "text": new("reply")}
    groups.reply_to_post(one, post, persona_id=persona.pk, **reply)
    moderation.report(one, kind="post", item_id=post.pk, why="hate", note=new("second note"))
    _meetings(new, one, other, post)
    _tending(new, one, other)
    gone = groups.write_post(one, welcome, title="", text=new("erased post"), client_key="7")
    groups.erase_post(one, gone)


def _photo(account, group, words):
    from uuid import uuid4

    from positivesocials.core.tests.drawn import patches, stored
    from positivesocials.groups import drafts, photos

    return photos.add(account, drafts.Place(group), data=stored(patches(1)), words=words, sent_key=uuid4())


def _tending(new, one, other):
    from django.utils import timezone

    from positivesocials.accounts import services as accounts
    from positivesocials.groups import founding, inviting, tending
    from positivesocials.groups import services as groups
    from positivesocials.groups.models import Membership, Openness

    words = founding.Wording(
        new("closed name"), new("closed about"), new("rule"), new("question"), new("hail")
    )
    group = founding.found_group(one, words, founding.Sort(Openness.MEMBERS))
    group.opened_at = timezone.now()
    group.save(update_fields=["opened_at"])
    inviting.accept(other, inviting.invite(one, group))
    groups.join_group(other, group)
    post = groups.write_post(other, group, title="", text=new("closed post"), client_key="9")
    tending.remove_post(one, post, reason=new("reason in a group"))
    tending.put_out(one, Membership.objects.get(account=other, group=group), reason=new("note in a group"))
    groups.join_group(accounts.open_account(), group, [new("answer to a group")])
    inviting.invite(one, group)


def _meetings(new, one, other, post):
    from datetime import timedelta

    from django.utils import timezone

    from positivesocials.events import services as events
    from positivesocials.events.models import Ahead, Answer
    from positivesocials.groups import founding
    from positivesocials.groups.founding import Sort, Wording
    from positivesocials.groups.models import Openness
    from positivesocials.polls import services as polls

    poll = polls.ask(other, post, [new("poll answer 1"), new("poll answer 2")], days=7)
    polls.vote(one, poll, 1)
    group = founding.found_group(one, Wording(new("group name"), new("group about")), Sort(Openness.INVITED))
    starts_at = timezone.now() + timedelta(days=3)
    plan = events.Plan(
        title=new("event title"),
        about=new("event about"),
        where=new("event where"),
        zone="Pacific/Apia",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
    )
    event = events.make_event(one, group, plan, client_key="8")
    events.answer(one, event, Answer.COMES, alias=events.Alias(new("event alias")), reminded=[Ahead.DAY])


def _guests(new):
    from positivesocials.articles import services as articles
    from positivesocials.newsletter import services as newsletter
    from positivesocials.notifications import services as notifications
    from positivesocials.replies import services as replies

    news = articles.publish_news(
        title="Evenings",
        category="Services",
        standfirst="Open until nine.",
        paragraphs=[new(PUBLIC)],
        published_on=_today(),
    )
    replies.reply_as_guest(
        articles.open_replies(news),
        name=new("guest name"),
        address=new.address("guest address"),
        text=new("guest reply"),
        client_key="8",
    )
    newsletter.ask(new.address("letter address"))
    notifications.queue_mail(
        "reply-link",
        address=new.address("mail address"),
        template="replies/mail_link.txt",
        context={"link": new("mail body"), "days": 30},
    )


def _today():
    from django.utils import timezone

    return timezone.localdate()


def _signing_in(new):
    from positivesocials.accounts import services as accounts
    from positivesocials.accounts.sessions import SessionStore

    accounts.sign_up(address=new.address("sign-up address"), password=new("password"), purpose="talk")
    accounts.ask_for_reset(new.address("reset address"))
    session = SessionStore()
    session["note"] = new("session data")
    session.save()
    new.words["session key"] = str(session.session_key)


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "positivesocials.config.settings"
    import django

    django.setup()
    from django.utils import timezone

    from positivesocials.config import start
    from positivesocials.core.models import Instance

    start.prepare(lambda sentence: None)
    Instance.objects.update(opened_at=timezone.now())
    sys.stdout.write(json.dumps(plant()))


if __name__ == "__main__":
    main()
