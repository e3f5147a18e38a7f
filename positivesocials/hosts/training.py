"""What hosts read before they welcome anybody, and the questions after it. Our own words, on short pages."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Page:
    slug: str
    title: Promise
    paragraphs: tuple[Promise, ...]


@dataclass(frozen=True)
class Question:
    """`choices` by key; `why` explains the right one to whoever chose another. `page` is where it stands."""

    key: str
    asked: Promise
    choices: dict[str, Promise]
    right: str
    why: Promise
    page: str


PAGES = (
    Page(
        "listening",
        _("Listening"),
        (
            _(
                "Most people who come here have kept something to themselves for a long time. The "
                "first answer they get stays with them. It need not be clever. It has to be kind."
            ),
            _(
                "Say first that you have read it: “Thank you for writing this.” Then ask, before you "
                "tell: “What would help you most just now?” Somebody who wants to be heard has no use"
                " for a list of steps."
            ),
            _(
                "Your own story may help later, and in two sentences. It is theirs that is on the "
                "table. Never compare: nobody has it worse or better."
            ),
            _("Short and soon is better than long and late. If you cannot answer today, say so."),
        ),
    ),
    Page(
        "keeping-quiet",
        _("What you are told stays with you"),
        (
            _(
                "You will read things that nobody else in a person’s life knows. Do not repeat them, "
                "not even without the name, and not to other hosts. People know each other by small "
                "details."
            ),
            _(
                "Do not bring up elsewhere what somebody wrote under another name or in another "
                "group, even if you think you know who it is. Never guess aloud who is behind an "
                "alias."
            ),
            _(
                "There are two exceptions, and you say so openly: somebody is in danger, or somebody "
                "breaks the rules in a way that hurts others. Then you use “Report”, and the "
                "moderators take it from there. Nobody else is told."
            ),
            _("Take no pictures of the screen. Keep no notes about people."),
        ),
    ),
    Page(
        "limits",
        _("Your limits"),
        (
            _(
                "A host is somebody who welcomes. A host is no therapist, no doctor and no judge, and"
                " owes nobody an answer at night."
            ),
            _(
                "Decide for yourself how much time you give, and tell people. “I am here twice a "
                "week” is a good answer. If something weighs on you, stop, and talk with somebody you"
                " trust about how you feel, without what you were told."
            ),
            _(
                "People you welcome are not people you meet here for dating. Being a host gives you "
                "weight that they do not have. If you like somebody, leave the welcome to another "
                "host."
            ),
            _("Ask for no money, no favours and no pictures, and take none."),
        ),
    ),
    Page(
        "guessing",
        _("No guessing what somebody has"),
        (
            _(
                "Nobody can tell from a picture or a description what a spot, a pain or a test result"
                " means, and guesses frighten more than they help. Do not guess, and do not say that "
                "it is surely nothing."
            ),
            _(
                "Never advise to take, to stop or to change a medicine. That is for those who know "
                "the person and have examined them."
            ),
            _(
                "What you can do: point to a guide here, to where tests are done, to Ask, where "
                "professionals whose profession was checked answer within two working days, and to "
                "the person’s own clinic."
            ),
            _(
                "You may say what was true for you, as yours: “For me it was like this; for you it "
                "may be different.”"
            ),
        ),
    ),
    Page(
        "staying-here",
        _("You stay on this site"),
        (
            _(
                "Hosts do not give their number, their address or another app to people they welcome,"
                " and do not ask for theirs. Elsewhere no block reaches, nobody can help, and a "
                "newcomer may say yes because it is you who asks."
            ),
            _(
                "If somebody asks you, say it kindly: “As a host I write here only.” Above messages "
                "of hosts that lead away, readers see a plain warning. That is so for every host."
            ),
            _("Do not meet people you welcome in person in your role as a host."),
        ),
    ),
    Page(
        "when-to-call",
        _("In a crisis"),
        (
            _(
                "If somebody writes that they want to die, to hurt themselves, or that somebody hurts"
                " them: stay calm, believe them, and ask plainly, “Are you safe right now?” Asking "
                "does not put the thought into anybody’s head."
            ),
            _(
                "Send them to “Help now”, where people listen at once, in their country. You are not "
                "their only help, and you must not be. Do not promise to keep it secret."
            ),
            _(
                "Then use “Report” and choose that somebody is in danger. The moderators see those "
                "first. Do this too if you are not sure."
            ),
            _(
                "Call the moderators also when somebody may be under 18, threatens somebody, asks for"
                " money, offers or asks for pictures, or makes others afraid. You need no proof, and "
                "you decide nothing alone."
            ),
            _("Afterwards look after yourself. “Help now” is for hosts too."),
        ),
    ),
)

QUESTIONS = (
    Question(
        "first",
        _("Somebody writes for the first time, at length and in distress. What comes first?"),
        {
            "steps": _("A list of what they should do"),
            "heard": _("That you have read it, and asking what would help"),
            "story": _("How it was for you, so that they see they are not alone"),
        },
        "heard",
        _("Being heard comes first. Steps and your own story can follow, if they are wanted."),
        "listening",
    ),
    Question(
        "alias",
        _("You think you know who is behind an alias. What do you do?"),
        {
            "ask": _("Ask them in a message whether it is them"),
            "other": _("Ask another host what they think"),
            "nothing": _("Nothing: you neither say nor ask it"),
        },
        "nothing",
        _("Whoever wears an alias does not want to be known. A guess, said to anybody, takes that away."),
        "keeping-quiet",
    ),
    Question(
        "dating",
        _("Somebody you welcomed asks whether you would go out with them, and you like them. What now?"),
        {
            "yes": _("You say yes: both are grown up"),
            "hand": _("You leave the welcome to another host first"),
            "quiet": _("You say yes and do not mention it"),
        },
        "hand",
        _("As their host you have weight that they do not have. Another host takes over first."),
        "limits",
    ),
    Question(
        "spot",
        _("Somebody describes a spot and asks what it is. What do you write?"),
        {
            "looks": _("What it sounds like to you, and that you may be wrong"),
            "fine": _("That it is surely nothing, so that they calm down"),
            "point": _("That nobody can tell from here, and where somebody can"),
        },
        "point",
        _("Nobody can tell from a description. Guides, a test, Ask and their own clinic can help."),
        "guessing",
    ),
    Question(
        "number",
        _("A newcomer wants to go on in another app, because it is easier. What do you say?"),
        {
            "go": _("Yes, if they wish it"),
            "stay": _("That hosts write here only, and why"),
            "once": _("Yes, just this once, in an emergency"),
        },
        "stay",
        _(
            "Elsewhere no block reaches and nobody can help. In an emergency “Help now” is right, not"
            " another app."
        ),
        "staying-here",
    ),
    Question(
        "danger",
        _("Somebody writes to you that they want to die, and asks you to tell nobody. What do you do?"),
        {
            "promise": _("Promise it, so that they go on writing"),
            "report": _("Ask whether they are safe, point to “Help now”, and report it"),
            "wait": _("Wait until you are sure that they mean it"),
        },
        "report",
        _(
            "Nobody should carry this alone, you neither. “Help now” listens at once, and moderators "
            "see such reports first."
        ),
        "when-to-call",
    ),
)


def wrong_in(answers: dict[str, str]) -> list[str]:
    """The keys of the questions that were not answered right."""
    return [question.key for question in QUESTIONS if answers.get(question.key) != question.right]
