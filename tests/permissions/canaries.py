"""Who may read what, field by field, and where: what the crawl of everything reachable is held to."""

from dataclasses import dataclass
from typing import Any

from positivesocials.accounts.models import Role
from positivesocials.config import rows, rules
from positivesocials.config.rules import Relation
from tests.permissions.asking import Viewer
from tests.permissions.words import Planted, Words

R = Relation
# Who is shown to whom, since both are listed in the same mode.
SHOWN = {R.OWNER, R.MATCH, R.FITTING, R.BLOCKED, R.BLOCKER}
TURNED = {R.BLOCKED: R.BLOCKER, R.BLOCKER: R.BLOCKED, R.REPORTER: R.STRANGER}


def tie(viewer: Viewer, whose: str) -> str:
    """What this viewer is to that person: a relation, or the name of a role without one."""
    if viewer.who is None:
        return viewer.role
    other = next((relation for relation in R if relation.name.lower() == whose), None)
    if viewer.who == other:
        return R.OWNER
    if other == R.OWNER:
        return viewer.who
    if viewer.who == R.OWNER and other is not None:
        return TURNED.get(other, other)
    return R.FITTING if {viewer.who, other} <= SHOWN else R.STRANGER


def ties(viewer: Viewer, whose: str) -> frozenset[str]:
    """Both what the viewer is to that person and, of staff, the role."""
    return frozenset({tie(viewer, whose), viewer.role} - {Role.MEMBER})


@dataclass(frozen=True)
class Grant:
    """Each of `to` reads it at one of these routes at least, and at each route somebody does."""

    to: frozenset[str]
    at: tuple[str, ...]


def to(*who: Any, at: str) -> Grant:
    named = frozenset().union(*({each} if isinstance(each, str) else each for each in who))
    return Grant(named, tuple(at.split()))


@dataclass(frozen=True)
class Kept:
    """What somebody keeps here: the columns that hold it, and who else may read it."""

    columns: tuple[str, ...]
    grants: tuple[Grant, ...] = ()

    def admits(self, found: frozenset[str], route: str) -> bool:
        page = SAME_PAGE.get(route, route)
        return R.OWNER in found or any(found & grant.to and page in grant.at for grant in self.grants)


def kept(columns: str, *grants: Grant) -> Kept:
    return Kept(tuple(columns.split()), grants)


MEMBERS = rules.OTHERS
STAFF = rows.STAFF
ANYBODY = MEMBERS | rows.OUTSIDE | STAFF
# Of what belongs to a group, and to nobody in it.
EVERYONE = ANYBODY | rules.EVERYBODY
MODERATORS = rows.MODERATORS
MET = (R.FITTING, R.MATCH)
TALKED = (R.MATCH, R.EX_MATCH)
# Who reads it may report it, and sees there what is reported.
POST = to(ANYBODY, at="groups:show-group groups:show-post")
REPLY = to(ANYBODY, at="groups:show-post")
REPORT = to(MEMBERS, STAFF, at="moderation:report")
INSIDE = to(R.MATCH, at="events:show-event events:save-file")
NEWEST = to(MEMBERS, STAFF, at="home:home feed:show-feed")
# Whoever belongs to the group, as who wrote there does.
FEED = to(R.MATCH, R.STRANGER, STAFF, at="feed:show-feed")
CASE = to(MODERATORS, at="moderation:show-case")
CARD = to(R.FITTING, at="matching:list-introductions matching:list-people")
PROFILE = to(*MET, at="matching:show-profile moderation:report")
TALK = to(*TALKED, at="messaging:show-conversation messaging:show-all-news moderation:report")
SPOKEN_WITH = to(
    *TALKED,
    at="messaging:leave-conversation messaging:list-conversations messaging:show-conversation "
    "messaging:send-photo messaging:show-all-news messaging:show-more safety:block-item",
)
WROTE_FIRST = to(R.FITTING, at="messaging:list-requests moderation:report")
MET_BY_NAME = (
    CARD,
    to(R.FITTING, at="messaging:list-requests messaging:write-first safety:block-item"),
    to(*MET, at="matching:show-profile matching:show-common safety:block-profile"),
    to(R.MATCH, at="matching:unmatch profiles:name-people"),
    to(*MET, R.EX_MATCH, at="moderation:report"),
    SPOKEN_WITH,
)
TOGETHER = to(
    R.PARTNER,
    at="matching:let-either matching:list-introductions matching:list-later matching:list-likes "
    "matching:list-people matching:list-questions matching:show-together profiles:end-couple "
    "profiles:see-own profiles:show-couples profiles:show-one profiles:show-own",
)
ASKED_OF_MATCHES = to(R.MATCH, at="profiles:show-check")
# By who looks after a group: who asks to join, who belongs to one that is not open, who was put out by name.
TENDED = to(R.MATCH, R.FITTING, R.PARTNER, R.EX_PARTNER, R.EX_MATCH, at="groups:tend-group groups:put-out")
JUDGED = to(MODERATORS, at="profiles:judge-check")
BETWEEN_TWO = to(R.INVITED, at="profiles:show-couples")
# The owner is a host, and her match asks to be one.
WANTS_TO_HOST = to(MODERATORS, at="hosts:list-asking")
# Public questions hide from nobody: whoever missed one would know whose it is.
READERS = (rules.EVERYBODY - {R.OWNER}) | rows.OUTSIDE | STAFF
ASKED = to(READERS, at="asking:show-question moderation:report")
# What the one who answers is to whoever reads.
OF_WHO_ANSWERS = (R.FITTING, R.STRANGER, rows.OUTSIDE, STAFF)
FOR_PROFESSIONALS = to(R.FITTING, at="asking:show-question moderation:report")
BADGE = (
    to(*OF_WHO_ANSWERS, at="asking:show-question"),
    to(Role.OPERATOR, at="asking:verify"),
)
AMONG_CHECKED = to(Role.OPERATOR, at="asking:list-professionals")
CHECKS = to(Role.OPERATOR, at="asking:verify")
ADDRESSES = " ".join(
    f"{model}.address"
    for model in (
        "accounts.Account",
        "accounts.PasswordReset",
        "accounts.PendingSignUp",
        "accounts.ProvenAddress",
        "newsletter.Subscriber",
        "notifications.OutgoingMail",
        "replies.GuestContact",
    )
)

# A form that is not filled in as it should be comes back on the page that it stood on.
SAME_PAGE = {
    "groups:reply-to-post": "groups:show-post",
    "groups:preview-reply": "groups:show-post",
    "groups:keep-reply-draft": "groups:show-post",
    "groups:attach-reply-photo": "groups:show-post",
    "groups:detach-reply-photo": "groups:show-post",
    "moderation:remove-item": "moderation:show-case",
}
SAME_PAGE |= dict.fromkeys(("asking:add", "asking:answer"), "asking:show-question")
SAME_PAGE |= dict.fromkeys(("events:answer", "events:suggest-alias"), "events:show-event")
SAME_PAGE |= dict.fromkeys(
    ("profiles:send-picture", "profiles:ask-for-call", "profiles:ask-to-vouch"), "profiles:show-check"
)
SAME_PAGE |= dict.fromkeys(
    ("profiles:arrange-call", "profiles:fail-check", "profiles:ask-another-pose"), "profiles:judge-check"
)
# One line, or what is new, of the same conversation.
SAME_PAGE |= dict.fromkeys(
    ("messaging:send-message", "messaging:show-news", "messaging:show-line"), "messaging:show-all-news"
)

# By what a word stands for: the columns that hold it, and who else than its owner reads it, and where.
KEPT: dict[str, Kept] = {
    "address": kept(ADDRESSES),
    "hash of a password": kept("accounts.PendingSignUp.password_hash"),
    "purpose": kept("accounts.PendingSignUp.purpose"),
    "next address": kept("accounts.AddressChange.address notifications.OutgoingMail.address"),
    "passkey": kept("accounts.Passkey.credential"),
    "name of a passkey": kept("accounts.Passkey.name"),
    "key of the code app": kept("accounts.CodeApp.secret"),
    "push address": kept("notifications.PushAddress.endpoint"),
    "mailed link": kept("notifications.OutgoingMail.body"),
    "name": kept(
        "profiles.Persona.name",
        *(*MET_BY_NAME, ASKED_OF_MATCHES, to(R.MATCH, at="profiles:vouch"), JUDGED, TENDED),
        to(R.FITTING, at="feed:show-feed groups:show-group groups:show-post groups:remove-post"),
        to(R.FITTING, at="groups:list-replies groups:remove-reply"),
        # Who belongs to the group in which it is written under.
        to(R.STRANGER, at="feed:show-feed groups:show-group groups:show-post moderation:report"),
        WANTS_TO_HOST,
    ),
    "public name": kept(
        "profiles.Persona.name moderation.Report.evidence",
        *(POST, FEED, REPORT, CASE, *MET_BY_NAME, ASKED_OF_MATCHES, JUDGED),
        to(MEMBERS, STAFF, at="home:home safety:block-item"),
        to(R.REPORTER, at="moderation:thank-reporter"),
        *(to(MEMBERS, STAFF, at="hosts:show-hosts"), WANTS_TO_HOST),
        # The owner decided in the group that she looks after.
        to(MODERATORS, at="groups:list-decided"),
        # Whoever wrote an address is named on its page.
        to(R.MATCH, at="messaging:show-link"),
    ),
    "alias": kept("profiles.Persona.name", POST, REPORT, NEWEST, to(MEMBERS, STAFF, at="safety:block-item")),
    "pronouns": kept("profiles.Profile.facets", CARD, PROFILE),
    "gender": kept("profiles.Profile.facets", PROFILE),
    # For dating, in which nobody here is.
    "orientation": kept("profiles.Profile.facets"),
    "prompt": kept("profiles.Profile.facets", CARD, PROFILE),
    "photo": kept("profiles.Photo.words moderation.Report.evidence", PROFILE, CASE),
    "photo of a couple": kept(
        "profiles.Photo.words",
        to(R.PARTNER, at="profiles:list-photos profiles:remove-photo profiles:see-own profiles:show-one"),
    ),
    "name in a couple": kept("profiles.Persona.name", TOGETHER),
    "gender in a couple": kept("profiles.Profile.facets", to(R.PARTNER, at="profiles:see-own")),
    "name in an ended couple": kept("profiles.Persona.name"),
    "name of one who invites": kept("profiles.Persona.name", BETWEEN_TWO),
    "name of one who accepts": kept(
        "profiles.Persona.name", BETWEEN_TWO, to(R.INVITED, at="profiles:confirm")
    ),
    "name on an invitation": kept("profiles.Persona.name"),
    "code": kept("profiles.CoupleLink.code"),
    "draft": kept("messaging.Draft.text"),
    "message": kept("messaging.Message.envelope", TALK),
    "message to an ex-match": kept(
        "messaging.Message.envelope",
        to(R.EX_MATCH, at="messaging:list-conversations messaging:show-conversation moderation:report"),
        to(R.EX_MATCH, at="messaging:show-all-news"),
    ),
    "message to one who is blocked": kept("messaging.Message.envelope"),
    "reported message": kept(
        "messaging.Message.envelope moderation.Report.evidence",
        to(R.MATCH, at="messaging:list-conversations messaging:show-conversation moderation:report"),
        to(R.MATCH, at="messaging:show-all-news"),
        CASE,
    ),
    "request": kept("messaging.Opener.text", WROTE_FIRST),
    "hidden word": kept("safety.HiddenWords.words"),
    "note of a report": kept("moderation.Report.note", CASE),
    "times for a call": kept("profiles.PersonCheck.times", JUDGED),
    "place of a call": kept("profiles.PersonCheck.arranged"),
    "reason of a person check": kept("profiles.PersonCheck.reason audit.AuditRecord.reason"),
    "reason": kept("audit.AuditRecord.reason moderation.Hold.reason moderation.Report.reason"),
    "name of one who is blocked": kept("safety.Block.shown_as"),
    "post": kept("groups.Post.text moderation.Report.evidence", POST, FEED, REPORT, CASE),
    "title": kept(
        "groups.Post.title groups.EarlierPost.text moderation.Report.evidence",
        *(POST, REPORT, CASE, NEWEST),
    ),
    "content note": kept("groups.Post.note moderation.Report.evidence", POST, FEED, REPORT, CASE),
    # In an open group too, only who belongs to it. Nobody reported it who does.
    "photo of a post": kept(
        "groups.PostPhoto.words", to(R.MATCH, R.STRANGER, STAFF, at="groups:show-post moderation:report")
    ),
    "photo of a draft": kept("groups.PostPhoto.words"),
    "closed photo": kept("groups.PostPhoto.words"),
    "earlier words": kept("groups.EarlierPost.text", CASE),
    "earlier words of a reply": kept("replies.EarlierReply.text"),
    "text of a draft": kept("groups.Draft.text"),
    "title of a draft": kept("groups.Draft.title"),
    "note of a draft": kept("groups.Draft.note"),
    "reply": kept("replies.Reply.text", REPLY, REPORT),
    "closed post": kept("groups.Post.text"),
    "closed title": kept("groups.Post.title"),
    "closed reply": kept("replies.Reply.text"),
    "closed note": kept("groups.Post.note"),
    "closed answer": kept("polls.Poll.options"),
    "closed alias": kept("profiles.Persona.name"),
    "closed draft": kept("groups.Draft.text groups.Draft.title groups.Draft.note"),
    # Other members know of such a group, and nobody outside does.
    "name of a group for members": kept(
        "groups.Group.name",
        to(
            EVERYONE - {R.OWNER} - rows.OUTSIDE,
            at="groups:list-groups groups:show-group groups:join-group moderation:report",
        ),
    ),
    "name of a group": kept("groups.Group.name"),
    "about of a group": kept("groups.Group.about"),
    "rules of a group": kept("groups.Group.rules"),
    "questions of a group": kept("groups.Group.questions"),
    "answer to a group": kept("groups.Membership.answers", to(R.MATCH, at="groups:tend-group")),
    "note of being put out": kept(
        "groups.Membership.note audit.AuditRecord.reason", to(R.EX_PARTNER, at="groups:tend-group")
    ),
    # Of who was put out behind an alias, beside that alias; whose it is, stands nowhere.
    "reason in a group": kept(
        "groups.Membership.note groups.Removal.reason audit.AuditRecord.reason",
        to(R.EX_MATCH, at="groups:tend-group"),
    ),
    "greeting of a group": kept("groups.Group.greeting"),
    "answer of a poll": kept("polls.Poll.options moderation.Report.evidence", POST, FEED, REPORT, CASE),
    "event": kept(
        "events.Event.title",
        to(EVERYONE, at="events:list-events events:show-event groups:show-group"),
        to(EVERYONE - {R.OWNER} - rows.OUTSIDE, at="moderation:report"),
        to(R.MATCH, at="events:save-file"),
    ),
    "where of an event": kept("events.Event.where", INSIDE, to(R.MATCH, at="moderation:report")),
    "about of an event": kept("events.Event.about", INSIDE, to(R.MATCH, at="moderation:report")),
    "alias at an event": kept("profiles.Persona.name", to(R.MATCH, at="events:show-event")),
    "closed event": kept("events.Event.title events.Event.about events.Event.where"),
    "post under an alias": kept("groups.Post.text", POST, REPORT, NEWEST),
    "reply under an alias": kept("replies.Reply.text", REPLY, REPORT),
    "held post": kept("groups.Post.text", CASE),
    "removed post": kept("groups.Post.text moderation.Report.evidence"),
    # Without a name, but for anybody; others wait, or are for those who answer.
    "answered question": kept("asking.Question.text moderation.Report.evidence", ASKED, CASE),
    "title: answered question": kept(
        "asking.Question.title moderation.Report.evidence",
        *(ASKED, CASE, to(READERS, at="asking:list-answered")),
    ),
    "addition": kept("asking.Addition.text moderation.Report.evidence", ASKED, CASE),
    "private question": kept("asking.Question.text", FOR_PROFESSIONALS),
    "title: private question": kept("asking.Question.title", FOR_PROFESSIONALS),
    "waiting question": kept("asking.Question.text", FOR_PROFESSIONALS),
    "title: waiting question": kept(
        "asking.Question.title", FOR_PROFESSIONALS, to(R.FITTING, at="asking:list-waiting")
    ),
    "answer": kept("asking.Answer.text", to(*OF_WHO_ANSWERS, at="asking:show-question moderation:report")),
    "private answer": kept("asking.Answer.text", to(R.FITTING, at="asking:show-question moderation:report")),
    "name of a check": kept(
        "asking.Professional.name",
        *BADGE,
        to(R.FITTING, R.STRANGER, STAFF, at="moderation:report"),
        AMONG_CHECKED,
    ),
    "profession of a check": kept("asking.Professional.profession", *BADGE, AMONG_CHECKED),
    "proof of a check": kept("asking.Professional.checked", *BADGE),
    "name to check": kept("asking.Professional.asked", CHECKS, AMONG_CHECKED),
    "profession to check": kept("asking.Professional.asked", CHECKS, AMONG_CHECKED),
    "proof to check": kept("asking.Professional.asked", CHECKS),
    "name of one who is muted": kept("feed.MutedWriter.shown_as"),
    "question of a week": kept("feed.WeekQuestion.words"),
    "why a host": kept("hosts.Host.why", to(MODERATORS, at="hosts:list-asking")),
    "guest's name": kept("replies.Reply.guest_name", CASE),
    "guest's reply": kept("replies.Reply.text", CASE),
}
# Sealed columns that hold nothing of which a word could be made.
WORDLESS = {
    "groups.Support.sign": "a choice from a fixed list",
    "groups.Group.subject": "a choice from fixed lists",
    "care.HelpCountry.country": "a choice from a fixed list",
    "events.Event.zone": "a name from a list",
    "polls.Poll.counts": "numbers, tied to nobody",
    "polls.Poll.shown": "numbers, tied to nobody",
    "matching.Preferences.wishes": "choices from fixed lists",
    "matching.Answers.given": "choices from fixed lists",
    "messaging.Reaction.sign": "a choice from a fixed list",
    "moderation.Report.why": "a choice from a fixed list",
    "matching.Learned.numbers": "two numbers, which no page shows",
    "matching.Waiting.known": "ids that stand in addresses as well",
    "matching.Introduction.whom": "ids that stand in addresses as well",
    "matching.Draw.figures": "steps and shares of groups, of nobody in particular",
    "newsletter.Subscriber.left_out": "ids of topics, which are for anyone to read",
    "notifications.OutgoingMail.html": "the text once more, in letters of the editors only",
    "notifications.OutgoingMail.leave": "a signed link, in mails of notices only; the same as in the body",
    "notifications.PushAddress.keys": "numbers that a browser made",
    "notifications.PushKey.private": "a number that the site made",
    "notifications.Chosen.choice": "choices from lists of the program",
    "notifications.OutgoingMail.subject": "the first line of a template, the same for everybody",
}
# Not on its owner's own pages either: secrets, what has ended, what only another needs to see.
UNSHOWN = {
    *(
        "push address",
        "hash of a password",
        "mailed link",
        "purpose",
        "next address",
        "passkey",
        "key of the code app",
    ),
    *("name in an ended couple", "message to one who is blocked"),
    *("name of one who accepts", "note of a report"),
    *("guest's name", "guest's reply"),
    # For moderators of a case alone.
    *("earlier words", "earlier words of a reply"),
}


def leaks(words: Words, viewer: Viewer, route: str, response: Any, *, sent: str = "") -> list[str]:
    """What this answer tells that it should not, in words for people. One's own words may come back."""
    told = sorted(seen(words, response) - words.found_in(sent.encode()))
    named = [(planted, ties(viewer, planted.whose)) for planted in told]
    return [
        f"{viewer.name} reads the {planted.kind} of {planted.whose} at {route}"
        for planted, found in named
        if not KEPT[planted.kind].admits(found, route)
    ]


def seen(words: Words, response: Any) -> set[Planted]:
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = response.cookies.output() if response.cookies else ""
    return words.found_in(b"".join([response.content, headers.encode(), cookies.encode()]))
