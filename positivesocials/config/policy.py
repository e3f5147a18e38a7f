"""Who may do what, for every address: the one access policy.

A row says which methods an address answers, which roles it is there for, and which rule guards the object
that it names. The rows decide nothing: decorators and access functions do, and tests/permissions holds them
to their rows. An address without a row fails the build.
"""

from dataclasses import dataclass
from enum import StrEnum

from positivesocials.accounts.models import Role

Names = frozenset[str]

GUEST = "guest"
# Has asked to join and holds the mailed link: without a session, so a guest to every address but that one.
UNCONFIRMED = "unconfirmed"
OUTSIDE: Names = frozenset({GUEST, UNCONFIRMED})
MEMBERS: Names = frozenset(Role.values)
ANYONE: Names = MEMBERS | OUTSIDE
STAFF: Names = MEMBERS - {Role.MEMBER}
EDITORS: Names = frozenset({Role.EDITOR, Role.OPERATOR})
MODERATORS: Names = frozenset({Role.MODERATOR, Role.OPERATOR})
OPERATORS: Names = frozenset({Role.OPERATOR})

GET: Names = frozenset({"GET"})
POST: Names = frozenset({"POST"})


class Refusal(StrEnum):
    LOG_IN = "sent to the log-in page, whatever the id"
    NOT_THERE = "404, as for an id that does not exist"
    LINK_ENDED = "410, as for a link that never was"
    NOTHING = "the same answer as for an id that does not exist, and nothing happens"


class Relation(StrEnum):
    """What a signed-in person is to an object, or to whoever it belongs to."""

    OWNER = "owner"
    PARTNER = "partner in a couple"
    EX_PARTNER = "ex-partner"
    MATCH = "match"
    EX_MATCH = "ex-match"
    FITTING = "fits, and is listed in the same mode"
    INVITED = "has accepted an invitation to be a couple"
    REPORTER = "reporter"
    BLOCKED = "blocked"
    BLOCKER = "blocker"
    STRANGER = "stranger"


R = Relation
EVERYBODY = frozenset(Relation)
NOT_KEPT_APART = EVERYBODY - {R.BLOCKED, R.BLOCKER}
OTHERS = NOT_KEPT_APART - {R.OWNER}


@dataclass(frozen=True)
class Rule:
    """`guard` is the function that asks; `admits` are the relations it lets pass. No role outweighs it."""

    words: str
    guard: str = ""
    admits: frozenset[Relation] = EVERYBODY
    refusal: Refusal = Refusal.NOT_THERE


FREE = Rule("names no object")
PUBLISHED = Rule("published article", "articles.selectors.news_post")
CATEGORY = Rule("category", "articles.selectors.shelf")
GUIDE = Rule("published guide", "articles.selectors.guide")
GROUP = Rule("group", "groups.access.get_group")
MAILED_LINK = Rule("holder of a mailed link", "accounts.selectors.live_link", refusal=Refusal.LINK_ENDED)
STOP_LINK = Rule("holder of the link in any mail", "notifications.services.check_stop_link")
LETTER_LINK = Rule("holder of the letter's link", "newsletter.services.asked")
THANKS_LINK = Rule("holder of the link of thanks", "newsletter.services.thanked")
LETTER_KEPT = Rule("holder of a letter that is in force", "newsletter.services.letter_of")
LEAVE_LINK = Rule("holder of a letter", "newsletter.services.leave", refusal=Refusal.NOTHING)
CONSOLE_LINK = Rule("holder of the console's link", "home.services.check_first_link")
OPENING_LINK = Rule("holder of the test mail", "home.services.check_mail_link")
GIVEN_UP_JOB = Rule("a job that was given up", "home.selectors.work.given_up")
REPLY_LINK = Rule("guest who wrote the reply", "replies.access.get_guest_contact")
DEMO = Rule("an invented person, in a demo", "demo.access.get_card_account")
IN_DEMO = Rule("in a demo", "demo.access.is_demo")

OWN_SESSION = Rule("own session", "accounts.services.end_session", frozenset({R.OWNER}), Refusal.NOTHING)
OWN_PASSKEY = Rule("own passkey", "accounts.access.get_own_passkey", frozenset({R.OWNER}))
OWN_ADDRESS_LINK = Rule(
    "own mailed link", "accounts.selectors.own_address_change", frozenset({R.OWNER}), Refusal.LINK_ENDED
)
OWN_RECEIPT = Rule("own receipt", "privacy.access.get_own_receipt", frozenset({R.OWNER}))
OWN_PROFILE = Rule("own profile", "profiles.access.get_own_profile", frozenset({R.OWNER, R.PARTNER}))
OWN_COUPLE = Rule("own couple", "profiles.access.get_own_link", frozenset({R.OWNER, R.PARTNER}))
TO_CONFIRM = Rule("own invitation, accepted", "profiles.access.get_own_link", frozenset({R.OWNER}))
TO_TAKE_BACK = Rule("own invitation", "profiles.access.get_own_link", frozenset({R.OWNER, R.INVITED}))
CODE = Rule("holder of an invitation", "profiles.access.get_invitation_for", OTHERS)
SHOWN_PROFILE = Rule("shown profile", "matching.access.ways_to", frozenset({R.OWNER, R.MATCH, R.FITTING}))
LIKABLE = Rule("fits or likes", "matching.access.get_person_for", frozenset({R.MATCH, R.FITTING}))
UNDECIDED = Rule("fits, not matched", "matching.access.get_person_for", frozenset({R.FITTING}))
SAID = Rule("own word on a profile", "matching.services.undo", frozenset(), Refusal.NOTHING)
MATCHED = Rule("live match", "matching.access.live_match", frozenset({R.MATCH}))
SEAT = Rule("seat in the conversation", "messaging.access.get_seat_for", frozenset({R.OWNER, R.MATCH}))
OWN_SEAT = Rule("own seat", "messaging.access.get_own_seat", frozenset({R.OWNER, R.MATCH}))
MESSAGE = Rule("message in own talk", "messaging.access.get_message_for", frozenset({R.OWNER, R.MATCH}))
OWN_MESSAGE = Rule("own message", "messaging.access.get_own_message", frozenset({R.OWNER}))
READ_POST = Rule("standing post", "groups.access.get_post_for", NOT_KEPT_APART)
OWN_POST = Rule("own post", "groups.access.get_own_post", frozenset({R.OWNER}))
READ_REPLY = Rule("standing reply", "replies.access.get_reply_for", NOT_KEPT_APART)
OWN_REPLY = Rule("own reply", "replies.access.get_own_reply", frozenset({R.OWNER}))
KNOWN_PROFILE = Rule("known profile", "profiles.access.get_profile_for", OTHERS)
KNOWN_ITEM = Rule("item one can see", "safety.access.get_face_for", OTHERS)
REPORTABLE = Rule("item one can see", "moderation.access.get_item_for", OTHERS)
OWN_REPORT = Rule("own report", "moderation.access.get_report_for", frozenset({R.REPORTER}))
OWN_BLOCK = Rule("own block", "safety.services.unblock_together", frozenset({R.OWNER}), Refusal.NOTHING)
MAY_DECIDE = Rule(
    "neither the author nor blocked by them", "moderation.access.may_decide", EVERYBODY - {R.OWNER, R.BLOCKED}
)


@dataclass(frozen=True)
class Row:
    """HEAD goes with GET or is not answered; every other method is refused."""

    route: str
    methods: Names
    who: Names
    rule: Rule = FREE
    guests: Refusal = Refusal.LOG_IN

    def refusal(self, role: str) -> Refusal | None:
        """What this role gets whatever its relation to the object; None if the address is there for it."""
        if role in self.who:
            return None
        return self.guests if role in OUTSIDE else Refusal.NOT_THERE


@dataclass(frozen=True)
class Prefix:
    """Everything below one path; what lies there is not told apart here."""

    path: str
    who: Names
    words: str


PREFIXES = [
    Prefix("desk/", EDITORS, "Wagtail's admin, gated as a whole in articles/desk.py"),
    Prefix("static/", ANYONE, "files of the look, answered by WhiteNoise before any view"),
    Prefix("live/", MEMBERS, "the socket: hears only of its own account, messaging/consumers.py"),
]

CORE = [
    Row("core:leave", GET | POST, ANYONE),
    Row("core:left", GET, ANYONE),
    Row("core:set-language", GET | POST, ANYONE),
    Row("core:set-theme", POST, ANYONE),
    Row("core:parts", GET, STAFF, guests=Refusal.NOT_THERE),
    Row("core:health", GET, ANYONE),
]
ACCOUNTS = [
    Row("accounts:join", GET | POST, ANYONE),
    Row("accounts:join-passkey", GET | POST, ANYONE),
    Row("accounts:make-first-passkey", GET | POST, ANYONE),
    Row("accounts:join-account", GET | POST, ANYONE),
    Row("accounts:age-shown", GET, ANYONE),
    Row("accounts:join-sent", GET, ANYONE),
    Row("accounts:confirm", GET | POST, ANYONE, MAILED_LINK),
    Row("accounts:join-proven", GET | POST, ANYONE, MAILED_LINK),
    Row("accounts:log-in", GET | POST, ANYONE),
    Row("accounts:ask-passkey", POST, ANYONE),
    Row("accounts:log-in-passkey", POST, ANYONE),
    Row("accounts:log-in-code", GET | POST, ANYONE),
    Row("accounts:log-in-recovery", GET | POST, ANYONE),
    Row("accounts:log-out", POST, ANYONE),
    Row("accounts:reset", GET | POST, ANYONE),
    Row("accounts:reset-sent", GET, ANYONE),
    Row("accounts:set-password", GET | POST, ANYONE, MAILED_LINK),
    Row("accounts:re-prove", GET | POST, MEMBERS),
    Row("accounts:re-prove-passkey", POST, MEMBERS),
    Row("accounts:show-ways", GET, MEMBERS),
    Row("accounts:add-passkey", GET | POST, MEMBERS),
    Row("accounts:remove-passkey", POST, MEMBERS, OWN_PASSKEY),
    Row("accounts:add-app", GET | POST, MEMBERS),
    Row("accounts:remove-app", POST, MEMBERS),
    Row("accounts:make-codes", POST, MEMBERS),
    Row("accounts:show-new-codes", GET | POST, MEMBERS),
    Row("accounts:change-address", GET | POST, MEMBERS),
    Row("accounts:confirm-address", GET | POST, MEMBERS, OWN_ADDRESS_LINK),
    Row("accounts:change-password", GET | POST, MEMBERS),
    Row("accounts:list-devices", GET, MEMBERS),
    Row("accounts:end-other-sessions", POST, MEMBERS),
    Row("accounts:end-session", POST, MEMBERS, OWN_SESSION),
]
NOTIFICATIONS = [
    Row("notifications:stop-mail", GET | POST, ANYONE, STOP_LINK),
    Row("notifications:resume-mail", POST, ANYONE, STOP_LINK),
]
PRIVACY = [
    Row("privacy:list-consents", GET, MEMBERS),
    Row("privacy:save-receipt", GET, MEMBERS, OWN_RECEIPT),
    Row("privacy:withdraw-consent", POST, MEMBERS),
]
SAFETY = [
    Row("safety:block-profile", GET | POST, MEMBERS, KNOWN_PROFILE),
    Row("safety:block-item", GET | POST, MEMBERS, KNOWN_ITEM),
    Row("safety:list-blocks", GET, MEMBERS),
    Row("safety:lift-block", POST, MEMBERS, OWN_BLOCK),
]
MODERATION = [
    # A guest reads the same page for every id: how to reach the operator.
    Row("moderation:report", GET | POST, ANYONE, REPORTABLE),
    Row("moderation:thank-reporter", GET, MEMBERS, OWN_REPORT),
    Row("moderation:block-author", POST, MEMBERS, OWN_REPORT),
    Row("moderation:show-queue", GET, MODERATORS),
    Row("moderation:show-case", GET, MODERATORS, MAY_DECIDE),
    Row("moderation:approve-item", POST, MODERATORS, MAY_DECIDE),
    Row("moderation:remove-item", POST, MODERATORS, MAY_DECIDE),
    Row("moderation:leave-standing", POST, MODERATORS, MAY_DECIDE),
    Row("moderation:list-looks", GET, MEMBERS),
]
PROFILES = [
    Row("profiles:show-own", GET, MEMBERS),
    Row("profiles:start", GET | POST, MEMBERS),
    Row("profiles:see-individual", GET, MEMBERS),
    Row("profiles:show-one", GET, MEMBERS, OWN_PROFILE),
    Row("profiles:see-own", GET, MEMBERS, OWN_PROFILE),
    Row("profiles:rename", GET | POST, MEMBERS, OWN_PROFILE),
    Row("profiles:draw-anew", POST, MEMBERS, OWN_PROFILE),
    Row("profiles:edit-section", GET | POST, MEMBERS, OWN_PROFILE),
    Row("profiles:pause", POST, MEMBERS, OWN_PROFILE),
    Row("profiles:resume", POST, MEMBERS, OWN_PROFILE),
    Row("profiles:hide", POST, MEMBERS, OWN_PROFILE),
    Row("profiles:show", POST, MEMBERS, OWN_PROFILE),
    Row("profiles:show-couples", GET, MEMBERS),
    Row("profiles:invite", GET | POST, MEMBERS),
    Row("profiles:confirm", GET | POST, MEMBERS, TO_CONFIRM),
    Row("profiles:take-back", POST, MEMBERS, TO_TAKE_BACK),
    Row("profiles:end-couple", GET | POST, MEMBERS, OWN_COUPLE),
    Row("profiles:accept", GET | POST, MEMBERS, CODE),
]
REPLIES = [
    Row("replies:show-reply", GET, ANYONE, READ_REPLY),
    Row("replies:erase-reply", GET | POST, MEMBERS, OWN_REPLY),
    Row("replies:show-own", GET, ANYONE, REPLY_LINK),
    Row("replies:edit-own", POST, ANYONE, REPLY_LINK),
    Row("replies:erase-own", POST, ANYONE, REPLY_LINK),
]
MESSAGING = [
    Row("messaging:list-conversations", GET, MEMBERS),
    Row("messaging:count-unread", GET, MEMBERS),
    Row("messaging:show-conversation", GET, MEMBERS, SEAT),
    Row("messaging:send-message", POST, MEMBERS, OWN_SEAT),
    Row("messaging:show-all-news", GET, MEMBERS, SEAT),
    Row("messaging:show-news", GET, MEMBERS, SEAT),
    Row("messaging:show-line", GET, MEMBERS, MESSAGE),
    Row("messaging:remove-message", GET | POST, MEMBERS, OWN_MESSAGE),
    Row("messaging:show-more", GET, MEMBERS, SEAT),
    Row("messaging:leave-conversation", GET | POST, MEMBERS, SEAT),
]
MATCHING = [
    Row("matching:list-people", GET, MEMBERS),
    Row("matching:list-likes", GET, MEMBERS),
    Row("matching:list-later", GET, MEMBERS),
    Row("matching:save-wishes", POST, MEMBERS),
    Row("matching:take-step", POST, MEMBERS),
    Row("matching:ask-to-be-told", POST, MEMBERS),
    Row("matching:stop-waiting", POST, MEMBERS),
    Row("matching:switch-on", POST, MEMBERS),
    Row("matching:switch-off", POST, MEMBERS),
    Row("matching:list-questions", GET, MEMBERS),
    Row("matching:answer-question", GET | POST, MEMBERS),
    Row("matching:withdraw-answer", POST, MEMBERS),
    Row("matching:show-together", GET, MEMBERS, OWN_PROFILE),
    Row("matching:need-both", POST, MEMBERS, OWN_PROFILE),
    Row("matching:let-either", GET | POST, MEMBERS, OWN_PROFILE),
    Row("matching:show-profile", GET, MEMBERS, SHOWN_PROFILE),
    Row("matching:show-common", GET, MEMBERS, SHOWN_PROFILE),
    Row("matching:like", POST, MEMBERS, LIKABLE),
    Row("matching:keep-for-later", POST, MEMBERS, UNDECIDED),
    Row("matching:say-not-now", POST, MEMBERS, UNDECIDED),
    Row("matching:undo", POST, MEMBERS, SAID),
    Row("matching:unmatch", GET | POST, MEMBERS, MATCHED),
]
GROUPS = [
    Row("groups:list-groups", GET, ANYONE),
    Row("groups:show-group", GET, ANYONE, GROUP),
    Row("groups:join-group", POST, MEMBERS, GROUP),
    Row("groups:leave-group", POST, MEMBERS, GROUP),
    Row("groups:write-post", GET | POST, MEMBERS, GROUP),
    Row("groups:preview-post", POST, MEMBERS, GROUP),
    Row("groups:suggest-alias", POST, MEMBERS, GROUP),
    Row("groups:show-post", GET, ANYONE, READ_POST),
    Row("groups:reply-to-post", POST, MEMBERS, READ_POST),
    Row("groups:erase-post", GET | POST, MEMBERS, OWN_POST),
    Row("groups:pin-post", POST, MODERATORS, READ_POST),
    Row("groups:unpin-post", POST, MODERATORS, READ_POST),
]
ARTICLES = [
    Row("articles:list-news", GET, ANYONE),
    Row("articles:news-feed", GET, ANYONE),
    Row("articles:list-category", GET, ANYONE, CATEGORY),
    Row("articles:read-news", GET, ANYONE, PUBLISHED),
    # Opened by a link, a form's address leads to the article.
    Row("articles:reply-to-news", GET | POST, ANYONE, PUBLISHED),
    Row("articles:reply-to-news-as-guest", GET | POST, ANYONE, PUBLISHED),
    Row("articles:list-guides", GET, ANYONE),
    Row("articles:read-guide", GET, ANYONE, GUIDE),
    Row("articles:helplines", GET, ANYONE),
    Row("articles:sitemap", GET, ANYONE),
    Row("articles:robots", GET, ANYONE),
]
NEWSLETTER = [
    Row("newsletter:ask", GET | POST, ANYONE),
    Row("newsletter:show-asked", GET, ANYONE),
    Row("newsletter:confirm", GET | POST, ANYONE, LETTER_LINK),
    Row("newsletter:show-thanks", GET, ANYONE, THANKS_LINK),
    Row("newsletter:join", POST, ANYONE, THANKS_LINK),
    Row("newsletter:save-receipt", GET, ANYONE, LETTER_KEPT),
    Row("newsletter:leave", GET | POST, ANYONE, LEAVE_LINK),
    Row("newsletter:show-left", GET, ANYONE),
]
ONBOARDING = [
    Row("onboarding:choose", GET, MEMBERS),
    Row("onboarding:talk", GET | POST, MEMBERS),
    Row("onboarding:draw", POST, MEMBERS),
    Row("onboarding:meet", GET, MEMBERS),
    Row("onboarding:ask-all", GET | POST, MEMBERS),
    Row("onboarding:finish", POST, MEMBERS),
    Row("onboarding:ask", GET | POST, MEMBERS),
    Row("onboarding:beside", GET, MEMBERS),
    Row("onboarding:begin", GET, MEMBERS),
]
DEMO_ONLY = [
    Row("demo:sign-in", POST, ANYONE, DEMO),
    Row("demo:mailbox", GET, ANYONE, IN_DEMO),
]
HOME = [
    Row("home:landing", GET, ANYONE),
    Row("home:home", GET, MEMBERS),
    Row("home:security-txt", GET, ANYONE),
    Row("home:instance-json", GET, ANYONE),
    Row("home:accessibility", GET, ANYONE),
    Row("home:authority-requests", GET, ANYONE),
    Row("home:health-privacy", GET, ANYONE),
    Row("home:how-we-count", GET, ANYONE),
    Row("home:imprint", GET, ANYONE),
    Row("home:medical-limits", GET, ANYONE),
    Row("home:privacy", GET, ANYONE),
    Row("home:rules", GET, ANYONE),
    Row("home:security-contact", GET, ANYONE),
    Row("home:terms", GET, ANYONE),
    Row("home:who-runs-this", GET, ANYONE),
    # Where somebody is the operator, the link is spent.
    Row("home:first-operator", GET | POST, ANYONE - OPERATORS, CONSOLE_LINK),
    Row("home:opening", GET, OPERATORS),
    Row("home:describe", GET | POST, OPERATORS),
    Row("home:confirm-legal", POST, OPERATORS),
    Row("home:send-test-mail", POST, OPERATORS),
    Row("home:mail-arrived", GET | POST, OPERATORS, OPENING_LINK),
    Row("home:open-site", POST, OPERATORS),
    Row("home:close-site", GET | POST, OPERATORS),
    Row("home:work", GET, OPERATORS),
    Row("home:retry-all-jobs", POST, OPERATORS),
    Row("home:retry-job", POST, OPERATORS, GIVEN_UP_JOB),
    Row("home:drop-job", GET | POST, OPERATORS, GIVEN_UP_JOB),
]

ROWS: list[Row] = [
    *(CORE + ACCOUNTS + NOTIFICATIONS + PRIVACY + SAFETY + MODERATION + PROFILES + REPLIES),
    *(MESSAGING + MATCHING + GROUPS + ARTICLES + NEWSLETTER + ONBOARDING + DEMO_ONLY + HOME),
]
