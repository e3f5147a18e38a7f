"""What one can choose from on a profile: lists that ship with the product, kept as slugs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

# Whom a field of a profile is for, the widest first.
EVERYONE, FITTING, MATCHES, NAMED, NOBODY = "everyone", "fitting", "matches", "named", "nobody"
AUDIENCES = {
    EVERYONE: _("Everyone signed in"),
    FITTING: _("People who fit you, and matches"),
    MATCHES: _("Your matches"),
    NAMED: _("People you name"),
    NOBODY: _("Nobody"),
}
# What has an audience of its own.
FIELD_NAMES = {
    "pronouns": _("Pronouns"),
    "gender": _("Gender"),
    "orientation": _("Orientation"),
    "age": _("Age"),
    "place": _("Distance"),
    "prompts": _("Your sentences"),
    "interests": _("Interests"),
    "languages": _("Languages"),
    "goals": _("Hopes"),
    "circles": _("Circles"),
}
# Whom a photo is sharp for, the widest first. Everybody else who may open its page sees it blurred.
PHOTO_AUDIENCES = {
    FITTING: _("Everyone who may open my page"),
    MATCHES: _("My matches"),
    NAMED: _("Only people I allow"),
}

SEARCHES = {"women": _("Women"), "men": _("Men"), "nonbinary": _("Non-binary people")}
LANGUAGES = {
    "ar": _("Arabic"),
    "bn": _("Bengali"),
    "ca": _("Catalan"),
    "zh": _("Chinese"),
    "nl": _("Dutch"),
    "en": _("English"),
    "fr": _("French"),
    "de": _("German"),
    "el": _("Greek"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "ga": _("Irish"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ko": _("Korean"),
    "fa": _("Persian"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "pa": _("Punjabi"),
    "ru": _("Russian"),
    "sign": _("A sign language"),
    "es": _("Spanish"),
    "sw": _("Swahili"),
    "sv": _("Swedish"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "vi": _("Vietnamese"),
    "cy": _("Welsh"),
    "yo": _("Yoruba"),
}
FRIENDS_GOALS = {
    "friendship": _("Friendship"),
    "someone-to-talk-to": _("Someone to talk to"),
    "people-like-me": _("People who know it themselves"),
    "activities": _("Someone to do things with"),
    "couple-friends": _("Other couples"),
}
DATING_GOALS = {
    "relationship": _("A relationship"),
    "dating": _("Dating, and see"),
    "light": _("Something light"),
    "slow": _("Something slow"),
}
GOALS = {**FRIENDS_GOALS, **DATING_GOALS}

# The beginnings of sentences that a member, or a couple, finishes.
OWN_PROMPTS = {
    "sunday": _("A perfect Sunday"),
    "learning": _("I am still learning to"),
    "ask-me": _("Ask me about"),
    "laugh": _("It makes me laugh when"),
    "proud": _("A small thing I am proud of"),
    "helped": _("What helped me most"),
    "kitchen": _("In my kitchen"),
    "meet": _("I would like to meet someone who"),
    "bad-day": _("On a bad day I"),
    "sooner": _("I wish someone had told me sooner"),
    "opinion": _("An opinion I hold too strongly"),
    "hello": _("The best way to say hello to me"),
}
COUPLE_PROMPTS = {
    "together": _("Together, we"),
    "know": _("What we would like you to know"),
    "agree": _("We will never agree about"),
    "met": _("How we met"),
    "evening": _("An evening with us"),
}
PROMPTS = {**OWN_PROMPTS, **COUPLE_PROMPTS}

INTERESTS = {
    "allotments": _("Allotments"),
    "baking": _("Baking"),
    "birdwatching": _("Birdwatching"),
    "board-games": _("Board games"),
    "boats": _("Boats"),
    "brass-bands": _("Brass bands"),
    "bread": _("Bread"),
    "camping": _("Camping"),
    "cats": _("Cats"),
    "choirs": _("Choirs"),
    "cinema": _("Cinema"),
    "climbing": _("Climbing"),
    "coffee": _("Coffee"),
    "comics": _("Comics"),
    "cooking": _("Cooking"),
    "cycling": _("Cycling"),
    "dancing": _("Dancing"),
    "dogs": _("Dogs"),
    "drawing": _("Drawing"),
    "drums": _("Drums"),
    "football": _("Football"),
    "gardening": _("Gardening"),
    "guitar": _("Guitar"),
    "hiking": _("Hiking"),
    "history": _("History"),
    "knitting": _("Knitting"),
    "languages": _("Languages"),
    "markets": _("Markets"),
    "museums": _("Museums"),
    "old-maps": _("Old maps"),
    "photography": _("Photography"),
    "piano": _("Piano"),
    "podcasts": _("Podcasts"),
    "poetry": _("Poetry"),
    "pottery": _("Pottery"),
    "radio-plays": _("Radio plays"),
    "reading": _("Reading"),
    "repairing-things": _("Repairing things"),
    "role-playing-games": _("Role-playing games"),
    "running": _("Running"),
    "sailing": _("Sailing"),
    "science": _("Science"),
    "sewing": _("Sewing"),
    "stand-up": _("Stand-up comedy"),
    "stars": _("Stars and planets"),
    "swimming": _("Swimming"),
    "tea": _("Tea"),
    "textiles": _("Textiles"),
    "theatre": _("Theatre"),
    "travel-by-train": _("Travel by train"),
    "video-games": _("Video games"),
    "vinyl": _("Vinyl"),
    "volunteering": _("Volunteering"),
    "walking": _("Walking"),
    "yoga": _("Yoga"),
}


def goals_in(mode: str) -> dict[str, Any]:
    """The goals one can have in a mode: slug to shown name."""
    return DATING_GOALS if mode == "dating" else FRIENDS_GOALS


def interests() -> dict[str, Any]:
    return INTERESTS


def questions() -> dict[str, Any]:
    """The beginnings that prompts finish: slug to shown words."""
    return PROMPTS


def questions_for(kind: str) -> dict[str, Any]:
    return COUPLE_PROMPTS if kind == "couple" else OWN_PROMPTS


def shown(choices: Mapping[str, Any], slugs: Iterable[str]) -> list[str]:
    """The shown words of kept slugs; those of another release are left out."""
    return [str(choices[slug]) for slug in slugs if slug in choices]
