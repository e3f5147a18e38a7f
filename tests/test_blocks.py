"""One block hides two people from each other in every place, from both sides, at once."""

from uuid import uuid4

import pytest

from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Mode
from positivesocials.messaging import services as messaging
from positivesocials.moderation import services as moderation
from positivesocials.profiles import places
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety

ADA_WROTE, BEN_WROTE = "Marmalade on a Tuesday", "A kite above the harbour"
BOTH_WAYS = [("ada", "ben"), ("ben", "ada")]


def face(account) -> Profile:
    return Profile.objects.with_faces().get(account=account)


def meet_as_friends(account) -> Me:
    profile = face(account)
    profiles.change_facets(profile, facets={**(profile.facets or {}), "place": places.cell_of("gb-bristol")})
    matching.save_preferences(profile, Mode.FRIENDS, {"on": True})
    return Me(face(account))


def write(account, text) -> None:
    welcome = founding.found_welcome()
    groups.write_post(account, welcome, title="", text=text, client_key=uuid4().hex)


@pytest.fixture
def people(settings, ada, ben, cleo):
    """Ada and Ben can see each other everywhere: as people, in the group, below a post of Cleo's."""
    settings.DEMO = True
    moderation.trust([ada.pk, ben.pk, cleo.pk])
    for account, text in ((ada, ADA_WROTE), (ben, BEN_WROTE)):
        meet_as_friends(account)
        write(account, text)
    return {"ada": ada, "ben": ben}


@pytest.fixture
def cleos_post(people, cleo):
    welcome = founding.found_welcome()
    post = groups.write_post(cleo, welcome, title="", text="Hello", client_key=uuid4().hex)
    for account, text in ((people["ada"], ADA_WROTE), (people["ben"], BEN_WROTE)):
        voice = face(account).personas[0].pk
        groups.reply_to_post(
            account, post, persona_id=voice, text=text, parent_id=None, client_key=uuid4().hex
        )
    return post


def wrote(name) -> str:
    return ADA_WROTE if name == "ada" else BEN_WROTE


def shown(client, address) -> str:
    response = client.get(address)
    return response.content.decode() if response.status_code == 200 else ""


@pytest.mark.parametrize(("viewer", "other"), BOTH_WAYS)
@pytest.mark.parametrize("blocker", ["ada", "ben"])
class TestEverywhere:
    def finds(self, people, signed_in, viewer, address, trace, blocker):
        """What the viewer finds before the block, and after it."""
        client = signed_in(people[viewer])
        before = trace in shown(client, address)
        other = {"ada": "ben", "ben": "ada"}[blocker]
        safety.block(people[blocker], [people[other].pk])
        return before, trace in shown(client, address)

    def test_the_page_of_a_person(self, people, signed_in, viewer, other, blocker):
        address = f"/people/{face(people[other]).pk}/"

        assert self.finds(people, signed_in, viewer, address, other.title(), blocker) == (True, False)

    def test_the_list_of_people(self, people, signed_in, viewer, other, blocker):
        address = "/people/?mode=friends"

        assert self.finds(people, signed_in, viewer, address, other.title(), blocker) == (True, False)

    def test_the_posts_of_a_group(self, people, signed_in, viewer, other, blocker):
        found = self.finds(people, signed_in, viewer, "/groups/welcome/", wrote(other), blocker)

        assert found == (True, False)

    def test_the_replies_to_somebody_elses_post(self, people, cleos_post, signed_in, viewer, other, blocker):
        address = f"/groups/welcome/{cleos_post.pk}/"

        assert self.finds(people, signed_in, viewer, address, wrote(other), blocker) == (True, False)
        assert wrote(viewer) in shown(signed_in(people[viewer]), address)

    def test_who_likes_me(self, people, signed_in, viewer, other, blocker):
        matching.like(people[other], Me(face(people[other])), face(people[viewer]).pk, mode=Mode.FRIENDS)
        address = "/people/likes/?mode=friends"

        assert self.finds(people, signed_in, viewer, address, other.title(), blocker) == (True, False)

    def test_an_open_conversation_is_gone(self, people, signed_in, viewer, other, blocker):
        talk = messaging.open_conversation(face(people["ada"]), face(people["ben"]))
        address = f"/conversations/{talk.pk}/"

        assert self.finds(people, signed_in, viewer, address, "/send/", blocker) == (True, False)
        assert signed_in(people[viewer]).get(address).status_code == 404

    def test_a_like_that_comes_too_late(self, people, signed_in, viewer, other, blocker):
        safety.block(people[blocker], [people[{"ada": "ben", "ben": "ada"}[blocker]].pk])
        address = f"/people/{face(people[other]).pk}/like/"

        assert signed_in(people[viewer]).post(address, {"mode": "friends"}).status_code == 404


def test_lifting_a_block_lets_both_find_each_other_again(people, signed_in):
    ada, ben = people["ada"], people["ben"]
    safety.block(ada, [ben.pk])
    safety.unblock(ada, [ben.pk])

    assert BEN_WROTE in shown(signed_in(ada), "/groups/welcome/")
    assert ADA_WROTE in shown(signed_in(ben), "/groups/welcome/")


def test_guests_and_others_see_both_as_before(people, client, cleo, signed_in):
    safety.block(people["ada"], [people["ben"].pk])

    for reader in (client, signed_in(cleo)):
        page = shown(reader, "/groups/welcome/")
        assert ADA_WROTE in page
        assert BEN_WROTE in page


def test_blocking_one_partner_hides_the_couple_too(people, signed_in, eli, fern):
    invitation = profiles.invite(eli, name="Elm")
    profiles.accept(fern, invitation.code, name="Fig")
    couple = profiles.confirm(eli, invitation.pk)
    matching.save_preferences(couple, Mode.FRIENDS, {"on": True})
    ada = signed_in(people["ada"])
    assert "Elm" in shown(ada, "/people/?mode=friends")

    safety.block(people["ada"], [fern.pk])

    assert "Elm" not in shown(ada, "/people/?mode=friends")
    assert ada.get(f"/people/{couple.pk}/").status_code == 404
