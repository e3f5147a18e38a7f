"""Everyone in the demo: accounts without passwords or addresses, faces, wishes and couples."""

from typing import Any

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account, Role
from positivesocials.demo import material, past
from positivesocials.demo.material import Entry
from positivesocials.demo.models import InventedPerson
from positivesocials.matching import services as matching
from positivesocials.membership import services as membership
from positivesocials.membership.models import TERMS_VERSION
from positivesocials.moderation import services as moderation
from positivesocials.privacy import services as privacy
from positivesocials.profiles import places
from positivesocials.profiles import selectors as profile_selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile

MODES = ("friends", "dating")


def invite_everyone() -> None:
    for entry in material.people():
        profile = _invite(entry, facets=_facets(entry, [entry]))
        _wish(profile, entry)
        _answer(profile, entry)
    for couple in material.couples():
        _invite_couple(couple)
    first_posts = {post["author"] for post in material.posts() if post.get("held")}
    known = InventedPerson.objects.exclude(key__in=first_posts)
    moderation.trust(known.values_list("account_id", flat=True))


def account_of(key: str) -> Account:
    return InventedPerson.objects.select_related("account").get(key=key).account


def own_profile(key: str) -> Profile:
    """The face a person has alone."""
    profile = profile_selectors.profile_of(account_of(key))
    assert profile is not None
    return profile


def profile_called(key: str) -> Profile:
    """The face of a person, or of a couple if the key is a couple's."""
    if _couple(key) is None:
        return own_profile(key)
    faces = profile_selectors.own_profiles(speaker(key))
    return next(face for face in faces if face.is_couple)


def speaker(key: str) -> Account:
    """Who acts for a profile: the person, or the first of a couple."""
    couple = _couple(key)
    return account_of(couple["partners"][0]["key"] if couple else key)


def _couple(key: str) -> Entry | None:
    return next((entry for entry in material.couples() if entry["key"] == key), None)


def _invite(entry: Entry, *, facets: dict[str, Any]) -> Profile:
    account = accounts.open_account(role=entry.get("role", Role.MEMBER), is_demo=True)
    InventedPerson.objects.create(key=entry["key"], account=account)
    membership.accept_terms(account, version=TERMS_VERSION)
    privacy.give_consent(account, purpose="circles")
    past.joined(account)
    return profiles.make_individual(account, name=entry["name"], facets=facets)


def _invite_couple(couple: Entry) -> None:
    first, second = couple["partners"]
    shared = {"place": couple["place"], "languages": couple["languages"]}
    for partner in (first, second):
        _invite(partner, facets=_facets({**shared, **partner}, [partner]))
    joint = _link(first, second)
    profiles.change_facets(joint, facets=_facets(couple, [{**couple, **first}, {**couple, **second}]))
    _wish(joint, couple)
    _answer(joint, couple)


def _link(first: Entry, second: Entry) -> Profile:
    """Both confirm, as any two would."""
    asking, asked = account_of(first["key"]), account_of(second["key"])
    link = profiles.invite(asking, name=first["name"])
    profiles.accept(asked, str(link.code), name=second["name"])
    return profiles.confirm(asking, link.pk)


def _facets(entry: Entry, people: list[Entry]) -> dict[str, Any]:
    """What a profile says of itself, in the shape of profiles/facets.py."""
    about = [_person(person) for person in people]
    return {
        **(about[0] if len(about) == 1 else {"about": about}),
        "place": places.cell_of(entry["place"]),
        "languages": entry["languages"],
        "interests": entry.get("interests", []),
        "goals": entry.get("goals", []),
        "prompts": [{"question": asked, "answer": said} for asked, said in entry.get("prompts", ())],
    }


def _person(entry: Entry) -> dict[str, Any]:
    year, month = entry["born"].split("-")
    return {
        "pronouns": entry["pronouns"],
        "gender": entry["gender"],
        "searches": entry["searches"],
        "birth_year": int(year),
        "birth_month": int(month),
        "circles": entry.get("circles", []),
        "seen": entry.get("seen", {}),
    }


def _wish(profile: Profile, entry: Entry) -> None:
    for mode in MODES:
        if entry[mode]:
            matching.save_preferences(profile, mode, _wishes(entry[mode]))


def _answer(profile: Profile, entry: Entry) -> None:
    if given := material.answers().get(entry["key"]):
        matching.save_answers(profile, given)


def _wishes(said: Entry) -> dict[str, Any]:
    distance = said["distance"]
    ages = said.get("ages")
    return {
        "on": True,
        "kinds": said["kinds"],
        "searches": said.get("searches", []),
        "band": places.ANYWHERE if distance == "anywhere" else places.BANDS_KM.index(int(distance)),
        "goals": said["goals"],
        "circles_only": said["my_circles_only"],
        **({"age_from": ages[0], "age_to": ages[1]} if ages else {}),
    }
