"""The value questions that a profile may answer: ours, one list for everyone.

None asks which infection somebody lives with, nor about faith or politics, and none has a wrong reply. A
number and a letter never come to mean something else, because answers are kept by them. Addresses name
the number, because words would tell.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

TALKING, CARE, TOGETHER, CLOSE, PEOPLE, LIFE = "talking", "care", "together", "close", "people", "life"
THEMES = {
    TALKING: _("Talking and telling"),
    CARE: _("Care and health"),
    PEOPLE: _("Friends and company"),
    LIFE: _("Daily life"),
    TOGETHER: _("Relationships"),
    CLOSE: _("Closeness and sex"),
}
LETTERS = "abcde"
# Shown and counted in dating only: friends need not know, nor that somebody answered.
DATING_ONLY = frozenset({TOGETHER, CLOSE})


@dataclass(frozen=True)
class Question:
    """`topic` names it in a few words, to stand before replies. Replies are kept by their letter."""

    number: int
    theme: str
    topic: Any
    asked: Any
    replies: Mapping[str, Any]

    @property
    def code(self) -> str:
        """How an address names it."""
        return f"q{self.number}"

    @property
    def is_dating_only(self) -> bool:
        return self.theme in DATING_ONLY

    @property
    def theme_name(self) -> str:
        return str(THEMES[self.theme])


def _ask(number: int, theme: str, topic: Any, asked: Any, *replies: Any) -> Question:
    return Question(number, theme, topic, asked, dict(zip(LETTERS, replies, strict=False)))


_TALKING = (
    _ask(
        *(1, TALKING, _("Hearing something personal")),
        _("When would you like to hear something personal about someone’s health?"),
        _("Early, before we meet"),
        _("Once we know each other a little"),
        _("In good time before it concerns me"),
        _("Whenever they are ready"),
    ),
    _ask(
        *(2, TALKING, _("Keeping a confidence")),
        _("You tell someone something private. Who else may know?"),
        _("Nobody, ever"),
        _("One close person, if I was asked first"),
        _("Whoever they trust"),
    ),
    _ask(
        *(3, TALKING, _("Words for health")),
        _("How do you like to talk about health?"),
        _("In plain words"),
        _("Gently, bit by bit"),
        _("With some humour"),
        _("Only when there is a reason"),
    ),
    _ask(
        *(4, TALKING, _("A hard day")),
        _("What helps you most on a hard day?"),
        _("Someone who listens"),
        _("Someone who lends a hand"),
        _("Something else to think about"),
        _("Being left in peace"),
    ),
    _ask(
        *(5, TALKING, _("Someone’s worry")),
        _("Someone tells you of a worry. What do you do first?"),
        _("I listen and say little"),
        _("I ask what they need"),
        _("I look for a way out with them"),
        _("I tell them of something like it"),
    ),
    _ask(
        *(6, TALKING, _("Writing back")),
        _("How soon do you like to write back to each other?"),
        _("Within the hour, if we can"),
        _("The same day"),
        _("When there is time, even days later"),
        _("I would rather call"),
    ),
    _ask(
        *(7, TALKING, _("A remark that hurts")),
        _("Someone hurts you without meaning to. What then?"),
        _("I say so at once, kindly"),
        _("I say so later, just the two of us"),
        _("I let it pass"),
    ),
    _ask(
        *(8, TALKING, _("What builds trust")),
        _("What builds your trust in someone the most?"),
        _("They do what they said"),
        _("They tell me the difficult things too"),
        _("They give me time"),
        _("They keep to themselves what I told them"),
    ),
)
_CARE = (
    _ask(
        *(9, CARE, _("Going for a test")),
        _("Would you like company when you go for a test or a check-up?"),
        _("Yes, let us go together"),
        _("I go alone, and we talk afterwards"),
        _("I keep it to myself"),
    ),
    _ask(
        *(10, CARE, _("A question about health")),
        _("You wonder about something to do with health. Where do you turn first?"),
        _("To a professional"),
        _("To something good to read"),
        _("To someone who has been there"),
        _("I wait and see"),
    ),
    _ask(
        *(11, CARE, _("Looking after oneself")),
        _("How do you look after yourself?"),
        _("With a steady routine"),
        _("With good intentions, and a day off now and then"),
        _("As each day comes"),
    ),
    _ask(
        *(12, CARE, _("Alcohol")),
        _("How do you feel about alcohol?"),
        _("Best in places without it"),
        _("I do not drink, but others may"),
        _("Now and then"),
        _("It belongs to a good evening"),
    ),
    _ask(
        *(13, CARE, _("Smoke")),
        _("How do you feel about smoke around you?"),
        _("Rather none"),
        _("Outside is fine"),
        _("I do not mind"),
        _("I smoke myself"),
    ),
    _ask(
        *(14, CARE, _("When someone is unwell")),
        _("Someone close to you is unwell. What comes most naturally?"),
        _("Being there in person"),
        _("Shopping, cooking, errands"),
        _("A call every day"),
        _("Giving them quiet until they ask"),
    ),
)
_PEOPLE = (
    _ask(
        *(15, PEOPLE, _("A first meeting")),
        _("Where would you like to meet someone for the first time?"),
        _("On a walk"),
        _("In a café or another public place"),
        _("On a video call first"),
        _("Among a few more people"),
    ),
    _ask(
        *(16, PEOPLE, _("Few or many")),
        _("In what company are you most yourself?"),
        _("With one person"),
        _("With three or four"),
        _("In a big, lively crowd"),
        _("It changes"),
    ),
    _ask(
        *(17, PEOPLE, _("How we met")),
        _("A friend of yours asks how we know each other. What do we say?"),
        _("Just as it was"),
        _("“Online”, and no more"),
        _("What the two of us agreed on before"),
    ),
    _ask(
        *(18, PEOPLE, _("Photos of us")),
        _("We took a photo together. May it be posted?"),
        _("Yes"),
        _("If you ask me first"),
        _("Among friends only"),
        _("Please not"),
    ),
    _ask(
        *(19, PEOPLE, _("An unkind joke")),
        _("Someone at the table makes a joke at other people’s expense. What do you do?"),
        _("I say something, there and then"),
        _("I change the subject"),
        _("I talk to them afterwards"),
        _("I get up and leave"),
    ),
    _ask(
        *(20, PEOPLE, _("Keeping in touch")),
        _("How often do you like to hear from people you are fond of?"),
        _("Most days"),
        _("Every week or so"),
        _("Now and then, and it is as if no time had passed"),
    ),
    _ask(
        *(21, PEOPLE, _("Giving time")),
        _("How much of your free time goes to other people or a cause?"),
        _("A good part"),
        _("A little, regularly"),
        _("When somebody asks"),
        _("I need it for myself right now"),
    ),
)
_LIFE = (
    _ask(
        *(22, LIFE, _("Early or late")),
        _("When are you at your best?"),
        _("In the morning"),
        _("During the day"),
        _("In the evening"),
        _("At night"),
    ),
    _ask(
        *(23, LIFE, _("Plans")),
        _("How do you like a free day?"),
        _("Planned"),
        _("With one thing fixed and the rest open"),
        _("Quite open"),
    ),
    _ask(
        *(24, LIFE, _("Tidiness")),
        _("How tidy is it where you live?"),
        _("Everything has its place"),
        _("Tidy enough for a visit"),
        _("Lived in"),
    ),
    _ask(
        *(25, LIFE, _("Animals at home")),
        _("Would you live with animals?"),
        _("I do, and they stay"),
        _("I would like to"),
        _("I like them in other people’s homes"),
        _("Rather not"),
    ),
    _ask(
        *(26, LIFE, _("The bill")),
        _("Who pays when you go out together?"),
        _("Each pays their own share"),
        _("We take turns"),
        _("Each according to what they have"),
        _("Whoever invites"),
    ),
    _ask(
        *(27, LIFE, _("A quiet evening")),
        _("What does a good evening look like?"),
        _("At home, quietly"),
        _("At home, with guests"),
        _("Out, for something to see or hear"),
        _("Out, until late"),
    ),
    _ask(
        *(28, LIFE, _("Phones at the table")),
        _("May the phone lie on the table while we eat or talk?"),
        _("Yes"),
        _("Yes, face down"),
        _("Rather not"),
    ),
)
_TOGETHER = (
    _ask(
        *(29, TOGETHER, _("How many")),
        _("What kind of relationship suits you?"),
        _("Between two people only"),
        _("Between two, and we can talk about exceptions"),
        _("Open, with agreements that all keep"),
        _("Several, each of them loving"),
    ),
    _ask(
        *(30, TOGETHER, _("A home together")),
        _("Would you share a home with someone you love?"),
        _("Yes, rather soon"),
        _("Yes, after a good while"),
        _("Nearby, each with our own front door"),
        _("I have no plans yet"),
    ),
    _ask(
        *(31, TOGETHER, _("Children")),
        _("What about children?"),
        _("I would like to have some"),
        _("I have some, and they come first"),
        _("None for me"),
        _("I do not know yet"),
    ),
    _ask(
        *(32, TOGETHER, _("A quarrel")),
        _("You quarrelled. What helps you make up?"),
        _("Talking about it at once"),
        _("A night’s sleep first"),
        _("Writing it down"),
        _("A hug, and words later"),
    ),
    _ask(
        *(33, TOGETHER, _("Time together")),
        _("How much of the week would you like to spend together?"),
        _("Most of it"),
        _("Some evenings and the weekend"),
        _("One good day"),
        _("As it comes"),
    ),
    _ask(
        *(34, TOGETHER, _("Former partners")),
        _("How do you get on best with former partners?"),
        _("As friends"),
        _("Friendly, at a distance"),
        _("Not at all: it is over, and that is fine"),
    ),
)
_CLOSE = (
    _ask(
        *(35, CLOSE, _("Talk before sex")),
        _("Before sex with someone new, how much talk do you like?"),
        _("A proper talk, well before"),
        _("A few honest words before"),
        _("We talk as we go"),
    ),
    _ask(
        *(36, CLOSE, _("Who brings up protection")),
        _("Who should bring up protection?"),
        _("I always do"),
        _("Whoever thinks of it first"),
        _("We settle it long before"),
        _("I am glad if the other does"),
    ),
    _ask(
        *(37, CLOSE, _("Pace")),
        _("How soon do you like to become intimate?"),
        _("Once we are a couple"),
        _("Once we know each other well"),
        _("When it feels right, even early"),
        _("Rarely or never, closeness is something else for me"),
    ),
    _ask(
        *(38, CLOSE, _("Affection in public")),
        _("Holding hands or a kiss where others can see it?"),
        _("Gladly"),
        _("Hands yes, kisses at home"),
        _("Only where nobody knows us"),
        _("Rather in private"),
    ),
    _ask(
        *(39, CLOSE, _("Not tonight")),
        _("One of you would like to, the other would not. What is best?"),
        _("Holding each other"),
        _("Each doing something nice alone"),
        _("Talking about what would be good"),
    ),
    _ask(
        *(40, CLOSE, _("What makes it good")),
        _("What makes closeness good for you?"),
        _("Time and calm"),
        _("Laughing together"),
        _("Saying what we like"),
        _("Trying something new"),
    ),
)

QUESTIONS = {each.number: each for each in (*_TALKING, *_CARE, *_PEOPLE, *_LIFE, *_TOGETHER, *_CLOSE)}


def asked_in(mode: str) -> frozenset[int]:
    """The numbers of the questions that are shown and counted in a mode."""
    return frozenset(
        n for n, question in QUESTIONS.items() if mode == "dating" or not question.is_dating_only
    )
