"""One owner with one of everything, and somebody for each relation to her: what the policy is tried on."""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core import signing
from django.utils import timezone

from positivesocials.accounts import passkeys
from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account, Session
from positivesocials.accounts.tests.authenticator import Device
from positivesocials.articles import services as articles
from positivesocials.config import policy
from positivesocials.config.policy import Relation as R
from positivesocials.demo import material
from positivesocials.demo.models import InventedPerson
from positivesocials.groups import services as groups
from positivesocials.home import services as home
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.messaging import services as messaging
from positivesocials.moderation import services as moderation
from positivesocials.newsletter import services as newsletter
from positivesocials.newsletter.models import Subscriber
from positivesocials.notifications.models import OutgoingMail
from positivesocials.privacy import services as privacy
from positivesocials.profiles import places
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.replies import services as replies
from positivesocials.safety import services as safety
from positivesocials.safety.models import Block
from tests.planting import word

FRIENDS = "friends"
LISTED = {R.OWNER, R.MATCH, R.EX_MATCH, R.FITTING, R.BLOCKED, R.BLOCKER}
# What the owner shows to some, and what only she and whoever talks with her may read.
PUBLIC = {kind: word(kind) for kind in ("owner name", "owner post", "owner reply")}
PRIVATE = {
    kind: word(kind) for kind in ("pronouns", "prompt", "message", "held post", "block name", "couple")
}
CANARIES = PUBLIC | PRIVATE


@dataclass
class World:
    """`ids` and `routes` say what stands in an address; `others` are more objects with who they are for."""

    people: dict[R, Account] = field(default_factory=dict)
    ids: dict[policy.Rule, dict[str, Any]] = field(default_factory=dict)
    routes: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[tuple[str, str], tuple[dict[str, Any], frozenset[R]]] = field(default_factory=dict)

    @property
    def owner(self) -> Account:
        return self.people[R.OWNER]


def build() -> World:
    world = World()
    for relation in R:
        world.people[relation] = _member(relation)
    _couples(world)
    _meetings(world)
    _talk(world)
    _blocks(world)
    _links(world)
    return world


def face(account: Account) -> Profile:
    return Profile.objects.with_faces().get(account=account)


def _member(relation: R) -> Account:
    account = accounts.open_account(address=f"{relation.name.lower()}@example.org", password_hash="!")
    is_owner = relation == R.OWNER
    name = CANARIES["owner name"] if is_owner else relation.name.title()
    profile = profiles.make_individual(account, name=name)
    said: dict[str, Any] = {"place": places.cell_of("gb-bristol")}
    if is_owner:
        prompts = [{"question": "sunday", "answer": CANARIES["prompt"]}]
        said |= {"pronouns": CANARIES["pronouns"], "prompts": prompts}
    profiles.change_facets(profile, facets=said)
    if relation in LISTED:
        matching.save_preferences(profile, FRIENDS, {"on": True})
    moderation.trust([account.pk])
    return account


def _couples(world: World) -> None:
    owner = world.owner
    couple = _couple(owner, world.people[R.PARTNER])
    past: Any = _couple(owner, world.people[R.EX_PARTNER])
    profiles.end_couple(owner, past.link_id)
    accepted = profiles.invite(owner, name="Sage")
    profiles.accept(world.people[R.INVITED], str(accepted.code), name="Rue")
    waiting = profiles.invite(owner, name="Dill")
    own = {"profile_id": face(owner).pk}
    world.ids |= {
        policy.OWN_PROFILE: {"profile_id": couple.pk},
        policy.OWN_COUPLE: {"link_id": couple.link_id},
        policy.TO_CONFIRM: {"link_id": accepted.pk},
        policy.TO_TAKE_BACK: {"link_id": accepted.pk},
        policy.CODE: {"code": waiting.code},
        policy.SHOWN_PROFILE: own,
        policy.LIKABLE: own,
        policy.UNDECIDED: own,
        policy.SAID: own,
        policy.MATCHED: own,
        policy.KNOWN_PROFILE: own,
    }
    for route in ("show-one", "see-own", "rename", "edit-section", "hide"):
        world.others[f"profiles:{route}", "individual"] = own, frozenset({R.OWNER})
        world.others[f"profiles:{route}", "ended couple"] = {"profile_id": past.pk}, frozenset()
    world.others["profiles:end-couple", "ended"] = {"link_id": past.link_id}, frozenset()


def _couple(one: Account, other: Account) -> Profile:
    link = profiles.invite(one, name=CANARIES["couple"])
    profiles.accept(other, str(link.code), name="Fig")
    return profiles.confirm(one, link.pk)


def _meetings(world: World) -> None:
    owner = world.owner
    talk = _match(owner, world.people[R.MATCH])
    past = _match(owner, world.people[R.EX_MATCH])
    matching.unmatch(Me(face(owner)), face(world.people[R.EX_MATCH]).pk, mode=FRIENDS)
    matching.switch_off(Me(face(world.people[R.EX_MATCH])), FRIENDS)
    cut = _match(owner, world.people[R.BLOCKED])
    sent = messaging.send(owner, talk.pk, text=CANARIES["message"], client_key=uuid4().hex)
    here = {"conversation_id": talk.pk, "message_id": sent.pk}
    both = frozenset({R.OWNER, R.MATCH})
    world.ids |= dict.fromkeys((policy.SEAT, policy.OWN_SEAT, policy.MESSAGE, policy.OWN_MESSAGE), here)
    world.others |= {
        ("moderation:report", "message"): ({"kind": "message", "item_id": sent.pk}, both - {R.OWNER}),
        ("safety:block-item", "conversation"): ({"kind": "conversation", "item_id": talk.pk}, both),
        ("messaging:show-conversation", "closed"): (
            {"conversation_id": past.pk},
            frozenset({R.OWNER, R.EX_MATCH}),
        ),
        ("messaging:show-conversation", "behind a block"): ({"conversation_id": cut.pk}, frozenset()),
    }


def _match(one: Account, other: Account) -> Any:
    matching.like(one, Me(face(one)), face(other).pk, mode=FRIENDS)
    match = matching.like(other, Me(face(other)), face(one).pk, mode=FRIENDS)
    assert match is not None
    return match.conversation


def _talk(world: World) -> None:
    owner, welcome = world.owner, groups.found_welcome()
    voice = face(owner).personas[0].pk
    post = groups.write_post(owner, welcome, title="", text=CANARIES["owner post"], client_key=uuid4().hex)
    words: dict[str, Any] = {"text": CANARIES["owner reply"], "parent_id": None, "client_key": uuid4().hex}
    reply = groups.reply_to_post(owner, post, persona_id=voice, **words)
    held = _held_post(owner, welcome)
    filed: dict[str, Any] = {"kind": "post", "item_id": post.pk}
    moderation.report(world.people[R.REPORTER], **filed, why="hate")
    here = {"slug": welcome.slug, "pk": post.pk}
    world.ids |= {
        policy.GROUP: {"slug": welcome.slug},
        policy.READ_POST: here,
        policy.OWN_POST: here,
        policy.READ_REPLY: {"reply_id": reply.pk},
        policy.OWN_REPLY: {"reply_id": reply.pk},
        policy.KNOWN_ITEM: filed,
        policy.REPORTABLE: filed,
        policy.OWN_REPORT: filed,
        policy.MAY_DECIDE: {"kind": "post", "item_id": held.pk},
    }
    replied = {"kind": "reply", "item_id": reply.pk}
    profile = {"kind": "profile", "item_id": face(owner).pk}
    world.others |= {
        ("groups:show-post", "held"): ({"slug": welcome.slug, "pk": held.pk}, frozenset({R.OWNER})),
        ("groups:reply-to-post", "held"): ({"slug": welcome.slug, "pk": held.pk}, frozenset({R.OWNER})),
        ("moderation:report", "reply"): (replied, policy.OTHERS),
        ("moderation:report", "profile"): (profile, policy.OTHERS),
        ("moderation:report", "held"): ({"kind": "post", "item_id": held.pk}, frozenset()),
        ("safety:block-item", "reply"): (replied, policy.OTHERS),
        ("safety:block-item", "held"): ({"kind": "post", "item_id": held.pk}, frozenset()),
    }


def _held_post(owner: Account, welcome: Any) -> Any:
    from positivesocials.moderation.models import Trusted

    Trusted.objects.filter(account=owner).delete()
    return groups.write_post(owner, welcome, title="", text=CANARIES["held post"], client_key=uuid4().hex)


def _blocks(world: World) -> None:
    owner = world.owner
    safety.block(owner, [world.people[R.BLOCKED].pk], shown_as=CANARIES["block name"])
    safety.block(world.people[R.BLOCKER], [owner.pk])
    world.ids[policy.OWN_BLOCK] = {"together": Block.objects.get(blocker=owner).together}


def _links(world: World) -> None:
    accounts.sign_up(address="new@example.org", password="a long enough sentence", purpose="talk")
    sign_up = _mailed(r"/join/confirm/([^/]+)/")
    accounts.ask_for_reset("owner@example.org")
    newsletter.ask("letter@example.org")
    subscriber = Subscriber.objects.get()
    news = articles.publish_news(
        title="Evenings",
        category="Services",
        standfirst="Open until nine.",
        paragraphs=["Come as you are."],
        published_on=timezone.localdate(),
    )
    articles.load_guides()
    guest: dict[str, Any] = {
        "name": "Ivy",
        "address": "ivy@example.org",
        "text": "Thank you",
        "client_key": uuid4().hex,
    }
    replies.reply_as_guest(articles.open_replies(news), **guest)
    first = home.first_operator_link()
    assert first is not None
    world.ids |= {
        policy.MAILED_LINK: {"token": sign_up},
        policy.STOP_LINK: {"token": _mailed(r"/no-more/([^/]+)/")},
        policy.LETTER_LINK: {"token": _mailed(r"/letter/confirm/([^/]+)/")},
        policy.THANKS_LINK: {"token": newsletter.thanks_token(subscriber)},
        policy.LETTER_KEPT: {"token": newsletter.leave_token(_letter_in_force())},
        policy.LEAVE_LINK: {"token": newsletter.leave_token(subscriber)},
        policy.CONSOLE_LINK: {"token": first.rstrip("/").rpartition("/")[2]},
        policy.OPENING_LINK: {"token": signing.dumps(world.owner.pk.hex, salt=home.MAIL_TEST)},
        policy.REPLY_LINK: {"token": _mailed(r"/reply/([^/]+)/")},
        policy.PUBLISHED: {"slug": news.slug},
        policy.CATEGORY: {"category_slug": news.category.slug},
        policy.GUIDE: {"slug": "first-days"},
        policy.OWN_RECEIPT: {"receipt_id": privacy.give_consent(world.owner, purpose="circles").pk},
        policy.OWN_SESSION: {"session_id": _session_of(world.owner)},
        policy.OWN_PASSKEY: {"passkey_id": _passkey_of(world.owner)},
        policy.OWN_ADDRESS_LINK: {"token": _address_link_of(world.owner)},
    }
    proven = accounts.prove_address("proven@example.org")
    world.routes |= {
        "accounts:set-password": {"token": _mailed(r"/reset/([^/]+)/")},
        "accounts:join-proven": {"token": proven},
    }
    InventedPerson.objects.create(key=card(), account=world.people[R.STRANGER])


def _letter_in_force() -> Subscriber:
    address = "letters@example.org"
    row = Subscriber(index=newsletter.index_of(address), address=address, confirmed_at=timezone.now())
    row.save(force_insert=True)
    return row


def card() -> str:
    """The key of a log-in card of the demo."""
    return next(iter(material.cards())).person


def _mailed(pattern: str) -> str:
    bodies = [str(mail.body) for mail in OutgoingMail.objects.all()]
    return next(found.group(1) for body in bodies if (found := re.search(pattern, body)))


def _session_of(account: Account) -> Any:
    from django.test import Client

    Client().force_login(account)
    return Session.objects.get(account=account).pk


def _passkey_of(account: Account) -> Any:
    options, state = passkeys.begin_making(account.pk, known=[])
    return passkeys.add(account, state, Device().make(options)).pk


def _address_link_of(account: Account) -> str:
    accounts.ask_for_address(account, address="moved@example.org")
    return _mailed(r"/ways/address/([^/]+)/")
