"""One owner with one of everything, and somebody for each relation to her: what the policy is tried on.

Everybody has words of their own in whatever they keep (tests/permissions/canaries.py lists who may read it).
"""

import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core import signing
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from positivesocials.accounts import codes, passkeys
from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account, CodeApp, PendingSignUp, Session
from positivesocials.accounts.tests.authenticator import Device
from positivesocials.articles import arrivals, cards
from positivesocials.articles import services as articles
from positivesocials.articles.models import GuidePage, NewsPage, NewsPicture
from positivesocials.articles.picture_models import GuidePicture
from positivesocials.care import services as care
from positivesocials.claims import loading as claims
from positivesocials.claims.models import Claim
from positivesocials.config import rules
from positivesocials.config.rules import Relation as R
from positivesocials.core.images import reencoded
from positivesocials.core.tests.drawn import patches, stored
from positivesocials.demo import material
from positivesocials.demo.models import InventedPerson
from positivesocials.gathering import services as gathering
from positivesocials.gathering.parsing import Parsed, Whole
from positivesocials.home import services as home
from positivesocials.matching import daily, learning
from positivesocials.matching import services as matching
from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.compat import Bias
from positivesocials.moderation import services as moderation
from positivesocials.newsletter import issues, sending
from positivesocials.newsletter import services as newsletter
from positivesocials.newsletter.models import Subscriber, Topic
from positivesocials.notifications import devices, letters
from positivesocials.notifications import services as mails
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.models import Notice, OutgoingMail
from positivesocials.notifications.tests.pushes import Browser
from positivesocials.privacy import services as privacy
from positivesocials.profiles import photos, places
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Photo, Profile
from positivesocials.replies import access as reply_access
from positivesocials.replies import services as replies
from positivesocials.replies.models import GuestContact
from positivesocials.safety import hidden_words
from positivesocials.safety import services as safety
from positivesocials.safety.models import Block
from positivesocials.search import services as search
from tests.permissions import checks, community, questions, reading, talks
from tests.permissions.talks import FRIENDS, face
from tests.permissions.words import Words

QUESTION, ANSWER = 1, Answer("a", frozenset("a"), Importance.VERY, is_visible=True)
LISTED = {R.OWNER, R.MATCH, R.EX_MATCH, R.FITTING, R.BLOCKED, R.BLOCKER}


@dataclass
class Newcomer:
    address: str = ""
    password: str = "a long enough sentence"
    token: str = ""


@dataclass
class World:
    """`ids` and `routes` say what stands in an address; `others` are more objects with who they are for."""

    words: Words = field(default_factory=Words)
    people: dict[R, Account] = field(default_factory=dict)
    newcomer: Newcomer = field(default_factory=Newcomer)
    ids: dict[rules.Rule, dict[str, Any]] = field(default_factory=dict)
    routes: dict[str, dict[str, Any]] = field(default_factory=dict)
    others: dict[tuple[str, str], tuple[dict[str, Any], frozenset[R]]] = field(default_factory=dict)

    @property
    def owner(self) -> Account:
        return self.people[R.OWNER]

    def who(self, relation: R) -> tuple[str, Account]:
        return relation.name.lower(), self.people[relation]


def build() -> World:
    world = World()
    for relation in R:
        world.people[relation] = _member(world, relation)
    _couples(world)
    talks.begin(world)
    talks.write_first(world)
    for say in (community.gather, reading.choose, checks.ask, questions.ask, questions.welcome):
        say(world)
    _blocks(world)
    _links(world)
    daily.draw(timezone.localdate())
    return world


def _member(world: World, relation: R) -> Account:
    new, whose = world.words, relation.name.lower()
    account = accounts.open_account(address=new.address(whose), password_hash="!")
    # The owner writes in public under her name; everybody else's is for those who meet them.
    name = new(whose, "public name" if relation == R.OWNER else "name")
    profile = profiles.make_individual(account, name=name)
    said = {
        "pronouns": new(whose, "pronouns"),
        "gender": new(whose, "gender"),
        "orientation": new(whose, "orientation"),
        "birth_year": 1987,
        "birth_month": 4,
        "prompts": [{"question": "sunday", "answer": new(whose, "prompt")}],
        "place": places.cell_of("gb-bristol"),
    }
    profiles.change_facets(profile, facets=said)
    if relation in LISTED:
        matching.save_preferences(profile, FRIENDS, {"on": True})
        matching.save_answer(profile, QUESTION, ANSWER)
        privacy.give_consent(account, purpose="learning")
        learning.keep(profile, {FRIENDS: Bias(appeal=3, choosy=-2)})
    moderation.trust([account.pk])
    return account


def _couples(world: World) -> None:
    owner, new = world.owner, world.words
    couple = _couple(world, R.PARTNER)
    past: Any = _couple(world, R.EX_PARTNER)
    profiles.end_couple(owner, past.link_id)
    accepted = profiles.invite(owner, name=new("owner", "name of one who invites"))
    profiles.accept(
        world.people[R.INVITED], str(accepted.code), name=new("invited", "name of one who accepts")
    )
    for relation in R:
        whose, account = world.who(relation)
        waiting = profiles.invite(account, name=new(whose, "name on an invitation"))
        new.add(str(waiting.code), whose, "code")
        if relation == R.OWNER:
            world.ids[rules.CODE] = {"code": waiting.code}
    about = [{"gender": new("owner", "gender in a couple")}, {"gender": new("partner", "gender in a couple")}]
    profiles.change_facets(couple, facets={"about": about})
    own = {"profile_id": face(owner).pk}
    photo = _photos(world, couple)
    world.ids |= {
        rules.OWN_PHOTO: {"profile_id": couple.pk, "photo_id": photo.pk},
        rules.MINE_TO_DESCRIBE: {"profile_id": couple.pk, "photo_id": photo.pk},
        rules.PHOTO_LINK: {"photo_id": photo.pk},
        rules.LETS_SEE: own | {"other_id": face(world.people[R.MATCH]).pk},
        rules.OWN_PROFILE: {"profile_id": couple.pk},
        rules.OWN_COUPLE: {"link_id": couple.link_id},
        rules.TO_CONFIRM: {"link_id": accepted.pk},
        rules.TO_TAKE_BACK: {"link_id": accepted.pk},
    }
    own_rules = (rules.SHOWN_PROFILE, rules.LIKABLE, rules.UNDECIDED, rules.SAID, rules.MATCHED)
    world.ids |= dict.fromkeys((*own_rules, rules.KNOWN_PROFILE), own)
    for route in (
        "show-one",
        "see-own",
        "rename",
        "edit-section",
        "hide",
        "name-people",
        "go-incognito",
        "list-photos",
        "add-photo",
    ):
        world.others[f"profiles:{route}", "individual"] = own, frozenset({R.OWNER})
        world.others[f"profiles:{route}", "ended couple"] = {"profile_id": past.pk}, frozenset()
    world.others["matching:show-findable", "individual"] = own, frozenset({R.OWNER})
    world.others["matching:show-findable", "ended couple"] = {"profile_id": past.pk}, frozenset()
    for route in ("show-together", "need-both", "let-either"):
        world.others[f"matching:{route}", "individual"] = own, frozenset()
        world.others[f"matching:{route}", "ended couple"] = {"profile_id": past.pk}, frozenset()
    world.others["profiles:end-couple", "ended"] = {"link_id": past.link_id}, frozenset()


def _photos(world: World, couple: Profile) -> Photo:
    """One on the owner's own profile, sharp for all who may open it, and two on the couple's."""
    picture = reencoded(stored(patches(1)))
    own, *joint = [
        photos.keep(world.owner, profile, picture, words=world.words("owner", kind), sees="fitting")
        for profile, kind in (
            (face(world.owner), "photo"),
            (couple, "photo of a couple"),
            (couple, "photo of a couple"),
        )
    ]
    world.routes["moderation:show-picture"] = {"kind": "photo", "item_id": own.pk, "number": 0}
    return joint[-1]


def _couple(world: World, relation: R) -> Profile:
    whose, other = world.who(relation)
    kind = "name in a couple" if relation == R.PARTNER else "name in an ended couple"
    link = profiles.invite(world.owner, name=world.words("owner", kind))
    profiles.accept(other, str(link.code), name=world.words(whose, kind))
    return profiles.confirm(world.owner, link.pk)


def _blocks(world: World) -> None:
    outsider = accounts.open_account()
    for relation in R:
        whose, account = world.who(relation)
        kept_from = world.people[R.BLOCKED] if relation == R.OWNER else outsider
        safety.block(account, [kept_from.pk], shown_as=world.words(whose, "name of one who is blocked"))
    safety.block(world.people[R.BLOCKER], [world.owner.pk])
    care.choose_country(world.owner, "GB")
    hidden_words.save(world.owner, [world.words("owner", "hidden word")])
    world.ids[rules.OWN_BLOCK] = {"together": Block.objects.get(blocker=world.owner).together}


def _links(world: World) -> None:
    new = world.words
    world.newcomer.address = new.address("newcomer")
    accounts.sign_up(
        address=world.newcomer.address, password=world.newcomer.password, purpose=new("newcomer", "purpose")
    )
    world.newcomer.token = _secret(world, r"/join/confirm/([^/]+)/", "newcomer")
    accounts.ask_for_reset(str(world.owner.address))
    newsletter.ask(new.address("reader"))
    subscriber = Subscriber.objects.get()
    first = home.first_operator_link()
    assert first is not None
    _articles(world)
    _feeds(world)
    new.add(str(PendingSignUp.objects.get().password_hash), "newcomer", "hash of a password")
    world.ids |= {
        rules.MAILED_LINK: {"token": world.newcomer.token},
        rules.STOP_LINK: {"token": _secret(world, r"/no-more/([^/]+)/", "newcomer")},
        rules.NOTICES_LINK: {"token": letters.off_link(world.owner.pk).rstrip("/").rpartition("/")[2]},
        rules.LETTER_LINK: {"token": _secret(world, r"/letter/confirm/([^/]+)/", "reader")},
        rules.THANKS_LINK: {"token": newsletter.thanks_token(subscriber)},
        rules.LEAVE_LINK: {"token": newsletter.leave_token(subscriber)},
        rules.CONSOLE_LINK: {"token": first.rstrip("/").rpartition("/")[2]},
        rules.OPENING_LINK: {"token": signing.dumps(world.owner.pk.hex, salt=home.MAIL_TEST)},
        rules.LETTER_KEPT: {"token": newsletter.leave_token(_letter_in_force(world))},
        rules.GIVEN_UP_JOB: {"job_id": _given_up_job()},
        rules.OWN_RECEIPT: {"receipt_id": privacy.give_consent(world.owner, purpose="circles").pk},
        rules.OWN_SESSION: {"session_id": _session_of(world.owner)},
        rules.OWN_NOTICE: {"notice_id": _notice_of(world.owner)},
        rules.OWN_PASSKEY: {"passkey_id": _passkey_of(world)},
        rules.OWN_ADDRESS_LINK: {"token": _address_link_of(world)},
    }
    _told(world)
    proven = accounts.prove_address(new.address("proven"))
    world.routes |= {
        "accounts:set-password": {"token": _secret(world, r"/reset/([^/]+)/", "owner")},
        "accounts:join-proven": {"token": proven},
    }
    InventedPerson.objects.create(key=card(), account=world.people[R.STRANGER])


def _notice_of(owner: Account) -> UUID:
    return Notice.objects.create(account=owner, kind="ways", made_at=timezone.now()).pk


def _told(world: World) -> None:
    """The owner is told by every way."""
    chosen = Choice(mail="weekly")
    letters.choose(world.owner, chosen)
    letters._write(world.owner, chosen, 1)
    devices.public_key()
    own, there = Browser(), f"https://{world.words('owner', 'push address')}.example.org/"
    devices.add(world.owner, endpoint=there, point=own.point, auth=own.auth, device="own")


def _given_up_job() -> Any:
    job = mails.deliver.enqueue(str(uuid4()))
    DBTaskResult.objects.filter(pk=job.id).update(status="FAILED", finished_at=timezone.now())
    return UUID(job.id)


def _articles(world: World) -> None:
    new = world.words
    news = articles.publish_news(
        title="Evenings",
        category="Services",
        standfirst="Open until nine.",
        paragraphs=["Come as you are."],
        published_on=timezone.localdate(),
    )
    claims.load_claims()
    articles.load_guides()
    written: dict[str, Any] = {"name": new("guest", "guest's name"), "address": new.address("guest")}
    text = new("guest", "guest's reply")
    reply = replies.reply_as_guest(articles.open_replies(news), **written, text=text, client_key=uuid4().hex)
    claim = Claim.objects.get(key="hiv.testing.1")
    _letters(world, cards.key_of(news))
    world.ids |= {
        rules.LINE: {"key": "gb-samaritans"},
        rules.CLAIM: {"claim_id": claim.pk},
        rules.SOURCE: {"source_id": claim.source_id},
        rules.REPLY_LINK: {"token": _secret(world, r"/reply/([^/]+)/", "guest")},
        rules.ANSWERS_LINK: {"token": reply_access.answers_token(GuestContact.objects.get(reply=reply))},
        rules.PUBLISHED: {"slug": news.slug},
        rules.MONTH: {"month": f"{news.published_on:%Y-%m}"},
        rules.CATEGORY: {"category_slug": news.category.slug},
        rules.PICTURE: {"picture_id": _pictured(news)},
        rules.GUIDE_PICTURE: {"picture_id": _pictured_guide()},
        rules.TAG: {"tag_slug": _tagged(news)},
        rules.GUIDE: {"slug": "first-days"},
        rules.GUIDE_IN: {"slug": "first-days", "code": "en"},
        rules.TRANSLATION: {"slug": "first-days", "code": "es"},
        rules.WORD_GROUP: {"pk": search.add_words("evening, late").pk},
    }


def _letters(world: World, key: str) -> None:
    """A draft with an article in it, and a letter that is on its way."""
    draft, past = issues.start(), issues.start()
    issues.add_item(draft, key)
    issues.add_topic("Evenings")
    sending.begin(past)
    world.ids |= {
        rules.ISSUE: {"issue_id": draft.pk},
        rules.PAST_LETTER: {"issue_id": past.pk},
        rules.TOPIC: {"topic_id": Topic.objects.get().pk},
    }
    for act in ("add-item", "remove-item", "move-item-earlier"):
        world.routes[f"newsletter:{act}"] = {"issue_id": draft.pk, "key": key}


def _pictured(news: NewsPage) -> UUID:
    drawn = {"data": b"RIFF", "width": 4, "height": 3}
    return NewsPicture.objects.create(news=news, alt="The door in the evening", **drawn).pk


def _pictured_guide() -> UUID:
    drawn = {"data": b"RIFF", "width": 4, "height": 3}
    picture = GuidePicture.objects.create(alt="The door in the evening", **drawn)
    guide = GuidePage.objects.get(slug="first-days", locale__language_code="en")
    GuidePage.objects.filter(pk=guide.pk).update(text=f"{guide.text}\n\n![{picture.mark})")
    return picture.pk


def _tagged(news: NewsPage) -> str:
    news.tags.set([tag := arrivals.tag_named("Evening hours")])
    news.save()
    return tag.slug


def _feeds(world: World) -> None:
    feed = gathering.add_feed(address="https://harbour.example/feed", category="Services")
    text = {"title": "Evenings again", "url": "https://harbour.example/a", "html": "<p>Until nine.</p>"}
    gathering.keep(feed, Whole("rss20", "", "", [Parsed(**text, guid="1", fingerprint="1")], 0))
    world.ids |= {rules.FEED: {"feed_id": feed.pk}, rules.ENTRY: {"entry_id": feed.entries.get().pk}}


def _letter_in_force(world: World) -> Subscriber:
    address = world.words.address("letter reader")
    row = Subscriber(index=newsletter.index_of(address), address=address, confirmed_at=timezone.now())
    row.save(force_insert=True)
    return row


def card() -> str:
    """The key of a log-in card of the demo."""
    return next(iter(material.cards())).person


def _mailed(pattern: str) -> str:
    bodies = [str(mail.body) for mail in OutgoingMail.objects.all()]
    return next(found.group(1) for body in bodies if (found := re.search(pattern, body)))


def _secret(world: World, pattern: str, whose: str) -> str:
    token = _mailed(pattern)
    world.words.add(token, whose, "mailed link")
    return token


def _session_of(account: Account) -> Any:
    Client().force_login(account)
    return Session.objects.get(account=account).pk


def _passkey_of(world: World) -> Any:
    owner = world.owner
    options, state = passkeys.begin_making(owner.pk, known=[])
    made = passkeys.add(owner, state, Device().make(options))
    world.words.add(str(made.credential), "owner", "passkey")
    world.words.add(str(made.name), "owner", "name of a passkey")
    app = CodeApp.objects.create(account=owner, secret=codes.new_secret())
    world.words.add(str(app.secret), "owner", "key of the code app")
    return made.pk


def _address_link_of(world: World) -> str:
    accounts.ask_for_address(world.owner, address=world.words.address("owner", "next address"))
    return _secret(world, r"/ways/address/([^/]+)/", "owner")
