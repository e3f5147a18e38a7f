"""What the product shows, held against the model: lists, counts, likes, matches, conversations, pages."""

import re
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.test import Client

from positivesocials.accounts.models import Account
from positivesocials.matching import selectors
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, Match, Said, Waiting
from positivesocials.messaging import access as messaging
from positivesocials.messaging.models import Conversation
from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles.choices import GOALS, goals_in
from positivesocials.profiles.models import Profile
from positivesocials.vault import services as vault
from tests.life.model import MODES, Face, Model

NAME = re.compile(r"Vela\d{4}")


def everything(model: Model) -> None:
    """After every step."""
    two_likes_are_a_match(model)
    open_conversations_are_those_of_matches()
    with vault.keys_open():
        found = Profile.objects.with_faces().in_bulk(list(model.faces))
        assert found.keys() == model.faces.keys()
        for face in model.faces.values():
            lists_of(model, face, Me(found[face.id]))


def two_likes_are_a_match(model: Model) -> None:
    back = Decision.objects.filter(
        profile=OuterRef("about"), about=OuterRef("profile"), mode=OuterRef("mode"), said=Said.LIKE
    )
    both = Decision.objects.filter(Exists(back), said=Said.LIKE).values_list("profile", "about", "mode")
    live = Match.objects.filter(ended_at=None).values_list("one", "other", "mode")
    matches = {(frozenset({one, other}), mode) for one, other, mode in live}
    assert matches == {(frozenset({one, other}), mode) for one, other, mode in both}
    assert matches == model.matches


def open_conversations_are_those_of_matches() -> None:
    live = set(Match.objects.filter(ended_at=None).values_list("conversation", flat=True))
    is_open = {each.pk for each in Conversation.objects.filter(closed_at=None) if messaging.is_open(each)}
    assert is_open == live


def lists_of(model: Model, face: Face, me: Me) -> None:
    for mode in MODES:
        everyone = selectors.around(me, mode)
        expected = model.listed_for(face, mode)
        assert {profile.pk for profile in everyone.still(everyone.in_order())} == expected
        assert everyone.count() == len(expected)
        assert set(selectors.likers(me, mode)) == model.likers_of(face, mode)
        assert set(selectors.liked(me, mode)) == model.liked_by(face, mode)
        assert set(selectors.kept_for_later(me, mode)) == model.kept_by(face, mode)


def fitting_is_mutual(model: Model) -> None:
    for mode in MODES:
        for one in model.faces.values():
            for other in model.faces.values():
                assert model.fits(one, other, mode) == model.fits(other, one, mode)


def those_told(model: Model) -> None:
    rows = set(Waiting.objects.exclude(told_at=None).values_list("profile", "mode"))
    assert rows == model.told
    mails = OutgoingMail.objects.filter(kind="news")
    assert not [mail for mail in mails if NAME.search(f"{mail.subject} {mail.body}")]


def pages_of(model: Model, viewer: UUID) -> None:
    """Names: of those a page may name, as they are called now, and of nobody else."""
    browser = Client()
    browser.force_login(Account.objects.get(pk=viewer))
    own = model.of(viewer)
    for face in own:
        for mode in MODES:
            where = f"in={mode[0]}&as={face.id}"
            kept, told = model.kept_by(face, mode), model.likers_of(face, mode) | model.liked_by(face, mode)
            _names(model, face, browser, f"/people/?{where}", model.listed_for(face, mode))
            _names(model, face, browser, f"/people/likes/?{where}", told)
            _names(model, face, browser, f"/people/later/?{where}", kept)
            with vault.keys_open():
                goals_are_of_the_mode(model, face, mode)
    for path in ("/conversations/", "/"):
        _no_old_name(model, browser.get(path).content.decode())
    cards(model, viewer, browser)


def _names(model: Model, face: Face, browser: Client, path: str, shown: set[UUID]) -> None:
    answer = browser.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200, path
    expected = {name for pk in shown for name in model.faces[pk].names}
    own = {name for mine in model.of(face.owners[0].id) for name in mine.names}
    own |= {name for mine in model.of(face.owners[-1].id) for name in mine.names}
    assert set(NAME.findall(page)) - own == expected - own, path
    _no_old_name(model, page)


def _no_old_name(model: Model, page: str) -> None:
    assert not model.old_names & set(NAME.findall(page))


def goals_are_of_the_mode(model: Model, face: Face, mode: str) -> None:
    me = Me(Profile.objects.with_faces().get(pk=face.id))
    here = {str(GOALS[slug]) for slug in goals_in(mode)}
    for card in selectors.cards(me, sorted(model.listed_for(face, mode)), mode):
        assert {str(goal) for goal in card.goals} <= here


def cards(model: Model, viewer: UUID, browser: Client) -> None:
    """The page of each other: there exactly if it is in some way, whoever holds its address."""
    own = model.of(viewer)
    for other in [face for face in model.faces.values() if face not in own]:
        # Whom one's partner keeps apart may be there where one meets alone.
        ways = [(me, mode) for me in own for mode in MODES if model.may_answer(me, other, mode)]
        answer = browser.get(f"/people/{other.id}/")
        assert answer.status_code == (200 if ways else 404)
        if ways:
            assert set(other.names) <= set(NAME.findall(answer.content.decode()))
        _no_old_name(model, answer.content.decode())
