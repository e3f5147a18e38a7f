"""What a member can choose from on a profile: goals of each mode, prompts, and interests as suggestions."""

from django.utils.translation import gettext_lazy as _

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

# Suggestions only: a member may write any word of their own.
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
