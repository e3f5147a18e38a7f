"""Who may do what, for every address: the one access policy.

A row says which methods an address answers, which roles it is there for, and which rule guards the object
that it names. The rows decide nothing: decorators and access functions do, and tests/permissions holds them
to their rows. An address without a row fails the build.
"""

from dataclasses import dataclass

from positivesocials.accounts.models import Role
from positivesocials.config import rules
from positivesocials.config.rules import FREE, Refusal, Rule

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
    Row("accounts:confirm", GET | POST, ANYONE, rules.MAILED_LINK),
    Row("accounts:join-proven", GET | POST, ANYONE, rules.MAILED_LINK),
    Row("accounts:log-in", GET | POST, ANYONE),
    Row("accounts:ask-passkey", POST, ANYONE),
    Row("accounts:log-in-passkey", POST, ANYONE),
    Row("accounts:log-in-code", GET | POST, ANYONE),
    Row("accounts:log-in-recovery", GET | POST, ANYONE),
    Row("accounts:log-out", POST, ANYONE),
    Row("accounts:reset", GET | POST, ANYONE),
    Row("accounts:reset-sent", GET, ANYONE),
    Row("accounts:set-password", GET | POST, ANYONE, rules.MAILED_LINK),
    Row("accounts:re-prove", GET | POST, MEMBERS),
    Row("accounts:re-prove-passkey", POST, MEMBERS),
    Row("accounts:show-ways", GET, MEMBERS),
    Row("accounts:add-passkey", GET | POST, MEMBERS),
    Row("accounts:remove-passkey", POST, MEMBERS, rules.OWN_PASSKEY),
    Row("accounts:add-app", GET | POST, MEMBERS),
    Row("accounts:remove-app", POST, MEMBERS),
    Row("accounts:make-codes", POST, MEMBERS),
    Row("accounts:show-new-codes", GET | POST, MEMBERS),
    Row("accounts:change-address", GET | POST, MEMBERS),
    Row("accounts:confirm-address", GET | POST, MEMBERS, rules.OWN_ADDRESS_LINK),
    Row("accounts:change-password", GET | POST, MEMBERS),
    Row("accounts:list-devices", GET, MEMBERS),
    Row("accounts:end-other-sessions", POST, MEMBERS),
    Row("accounts:end-session", POST, MEMBERS, rules.OWN_SESSION),
]
NOTIFICATIONS = [
    Row("notifications:list-notices", GET, MEMBERS),
    Row("notifications:count-unseen", GET, MEMBERS),
    Row("notifications:open-notice", POST, MEMBERS, rules.OWN_NOTICE),
    Row("notifications:mark-all-seen", POST, MEMBERS),
    Row("notifications:add-device", POST, MEMBERS),
    Row("notifications:choose", GET | POST, MEMBERS),
    Row("notifications:stop-notices", GET | POST, ANYONE, rules.NOTICES_LINK),
    Row("notifications:stop-mail", GET | POST, ANYONE, rules.STOP_LINK),
    Row("notifications:resume-mail", POST, ANYONE, rules.STOP_LINK),
]
PRIVACY = [
    Row("privacy:list-consents", GET, MEMBERS),
    Row("privacy:save-receipt", GET, MEMBERS, rules.OWN_RECEIPT),
    Row("privacy:give-consent", POST, MEMBERS),
    Row("privacy:withdraw-consent", POST, MEMBERS),
]
SAFETY = [
    Row("safety:block-profile", GET | POST, MEMBERS, rules.KNOWN_PROFILE),
    Row("safety:block-item", GET | POST, MEMBERS, rules.KNOWN_ITEM),
    Row("safety:list-blocks", GET, MEMBERS),
    Row("safety:choose-words", GET | POST, MEMBERS),
    Row("safety:lift-block", POST, MEMBERS, rules.OWN_BLOCK),
]
MODERATION = [
    # A guest reads the same page for every id: how to reach the operator.
    Row("moderation:report", GET | POST, ANYONE, rules.REPORTABLE),
    Row("moderation:thank-reporter", GET, MEMBERS, rules.OWN_REPORT),
    Row("moderation:block-author", POST, MEMBERS, rules.OWN_REPORT),
    Row("moderation:show-queue", GET, MODERATORS),
    Row("moderation:show-case", GET, MODERATORS, rules.MAY_DECIDE),
    Row("moderation:show-picture", GET, MODERATORS, rules.MAY_DECIDE),
    Row("moderation:approve-item", POST, MODERATORS, rules.MAY_DECIDE),
    Row("moderation:remove-item", POST, MODERATORS, rules.MAY_DECIDE),
    Row("moderation:leave-standing", POST, MODERATORS, rules.MAY_DECIDE),
    Row("moderation:list-looks", GET, MEMBERS),
]
PROFILES = [
    Row("profiles:show-own", GET, MEMBERS),
    Row("profiles:start", GET | POST, MEMBERS),
    Row("profiles:see-individual", GET, MEMBERS),
    Row("profiles:show-one", GET, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:see-own", GET, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:rename", GET | POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:draw-anew", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:edit-section", GET | POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:pause", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:resume", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:hide", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:show", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:name-people", GET | POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:go-incognito", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:be-found", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:avoid-new", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:welcome-new", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:show-region", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:show-area", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:list-photos", GET, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:add-photo", GET | POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:edit-photo", GET | POST, MEMBERS, rules.MINE_TO_DESCRIBE),
    Row("profiles:remove-photo", GET | POST, MEMBERS, rules.OWN_PHOTO),
    Row("profiles:move-photo-earlier", POST, MEMBERS, rules.OWN_PHOTO),
    Row("profiles:make-photo-first", POST, MEMBERS, rules.OWN_PHOTO),
    Row("profiles:let-see-photos", POST, MEMBERS, rules.LETS_SEE),
    Row("profiles:take-back-photos", POST, MEMBERS, rules.OWN_PROFILE),
    Row("profiles:show-photo", GET, MEMBERS, rules.PHOTO_LINK),
    Row("profiles:show-couples", GET, MEMBERS),
    Row("profiles:invite", GET | POST, MEMBERS),
    Row("profiles:confirm", GET | POST, MEMBERS, rules.TO_CONFIRM),
    Row("profiles:take-back", POST, MEMBERS, rules.TO_TAKE_BACK),
    Row("profiles:end-couple", GET | POST, MEMBERS, rules.OWN_COUPLE),
    Row("profiles:accept", GET | POST, MEMBERS, rules.CODE),
]
ASKING = ("draw-pose", "send-picture", "ask-for-call", "ask-to-vouch", "take-back-check")
JUDGING = ("arrange-call", "pass-check", "fail-check", "ask-another-pose", "recuse")
CHECKS = [
    Row("profiles:show-check", GET, MEMBERS),
    *(Row(f"profiles:{act}", POST, MEMBERS) for act in ASKING),
    Row("profiles:vouch", GET | POST, MEMBERS, rules.ASKED_TO_VOUCH),
    Row("profiles:unsay-vouch", POST, MEMBERS, rules.ASKED_TO_VOUCH),
    Row("profiles:list-checks", GET, MODERATORS),
    # Without having opened the page a moment ago, in the same session, the picture leads there.
    *(Row(f"profiles:{page}", GET, MODERATORS, rules.MAY_JUDGE) for page in ("judge-check", "show-selfie")),
    *(Row(f"profiles:{act}", POST, MODERATORS, rules.MAY_JUDGE) for act in JUDGING),
]
REPLIES = [
    Row("replies:show-reply", GET, ANYONE, rules.READ_REPLY),
    Row("replies:edit-reply", GET | POST, MEMBERS, rules.OWN_REPLY),
    Row("replies:erase-reply", GET | POST, MEMBERS, rules.OWN_REPLY),
    Row("replies:show-own", GET, ANYONE, rules.REPLY_LINK),
    Row("replies:edit-own", POST, ANYONE, rules.REPLY_LINK),
    Row("replies:confirm-own", POST, ANYONE, rules.REPLY_LINK),
    Row("replies:tell-own", POST, ANYONE, rules.REPLY_LINK),
    Row("replies:hush-own", POST, ANYONE, rules.REPLY_LINK),
    Row("replies:erase-own", POST, ANYONE, rules.REPLY_LINK),
    Row("replies:stop-answers", GET | POST, ANYONE, rules.ANSWERS_LINK),
    Row("replies:ask-riddle", GET, ANYONE),
]
MESSAGING = [
    Row("messaging:list-conversations", GET, MEMBERS),
    Row("messaging:count-unread", GET, MEMBERS),
    Row("messaging:search", GET | POST, MEMBERS),
    Row("messaging:show-read-marks", GET, MEMBERS),
    Row("messaging:switch-marks-on", POST, MEMBERS),
    Row("messaging:switch-marks-off", POST, MEMBERS),
    Row("messaging:show-conversation", GET, MEMBERS, rules.SEAT),
    Row("messaging:send-message", POST, MEMBERS, rules.OWN_SEAT),
    Row("messaging:send-photo", GET | POST, MEMBERS, rules.SEAT),
    Row("messaging:show-sent-photo", GET, MEMBERS, rules.MESSAGE),
    Row("messaging:show-all-news", GET, MEMBERS, rules.SEAT),
    Row("messaging:show-news", GET, MEMBERS, rules.SEAT),
    Row("messaging:show-line", GET, MEMBERS, rules.MESSAGE),
    Row("messaging:edit-message", GET | POST, MEMBERS, rules.OWN_MESSAGE),
    Row("messaging:show-message", GET, MEMBERS, rules.MESSAGE),
    Row("messaging:show-link", GET, MEMBERS, rules.MESSAGE),
    Row("messaging:remove-message", GET | POST, MEMBERS, rules.OWN_MESSAGE),
    Row("messaging:react", POST, MEMBERS, rules.MESSAGE),
    Row("messaging:take-reaction-back", POST, MEMBERS, rules.MESSAGE),
    Row("messaging:show-more", GET, MEMBERS, rules.SEAT),
    Row("messaging:leave-conversation", GET | POST, MEMBERS, rules.SEAT),
    Row("messaging:keep-draft", POST, MEMBERS, rules.SEAT),
    Row("messaging:mute", POST, MEMBERS, rules.SEAT),
    Row("messaging:unmute", POST, MEMBERS, rules.SEAT),
    Row("messaging:archive", POST, MEMBERS, rules.SEAT),
    Row("messaging:unarchive", POST, MEMBERS, rules.SEAT),
    Row("messaging:list-requests", GET, MEMBERS),
    Row("messaging:write-first", GET | POST, MEMBERS, rules.MAY_WRITE_FIRST),
    Row("messaging:accept-request", POST, MEMBERS, rules.GOT_REQUEST),
    Row("messaging:decline-request", POST, MEMBERS, rules.GOT_REQUEST),
    Row("messaging:take-back-request", POST, MEMBERS, rules.SENT_REQUEST),
]
CLAIMS = [
    Row("claims:list-facts", GET, EDITORS),
    Row("claims:add-fact", GET | POST, EDITORS),
    Row("claims:confirm-source", GET | POST, EDITORS, rules.SOURCE),
    Row("claims:show-fact", GET, EDITORS, rules.CLAIM),
    Row("claims:confirm-fact", POST, EDITORS, rules.CLAIM),
    Row("claims:correct-fact", GET | POST, EDITORS, rules.CLAIM),
    Row("claims:withdraw-fact", GET | POST, EDITORS, rules.CLAIM),
]
MATCHING = [
    Row("matching:list-people", GET, MEMBERS),
    Row("matching:list-introductions", GET, MEMBERS),
    Row("matching:show-attention", GET, OPERATORS),
    Row("matching:list-likes", GET, MEMBERS),
    Row("matching:list-later", GET, MEMBERS),
    Row("matching:show-order", GET, MEMBERS),
    Row("matching:save-wishes", POST, MEMBERS),
    Row("matching:take-step", POST, MEMBERS),
    Row("matching:ask-to-be-told", POST, MEMBERS),
    Row("matching:stop-waiting", POST, MEMBERS),
    Row("matching:switch-on", POST, MEMBERS),
    Row("matching:switch-off", POST, MEMBERS),
    Row("matching:list-questions", GET, MEMBERS),
    Row("matching:answer-question", GET | POST, MEMBERS),
    Row("matching:withdraw-answer", POST, MEMBERS),
    Row("matching:show-together", GET, MEMBERS, rules.OWN_PROFILE),
    Row("matching:need-both", POST, MEMBERS, rules.OWN_PROFILE),
    Row("matching:let-either", GET | POST, MEMBERS, rules.OWN_PROFILE),
    Row("matching:show-findable", GET, MEMBERS, rules.OWN_PROFILE),
    Row("matching:show-profile", GET, MEMBERS, rules.SHOWN_PROFILE),
    Row("matching:show-common", GET, MEMBERS, rules.SHOWN_PROFILE),
    Row("matching:like", POST, MEMBERS, rules.LIKABLE),
    Row("matching:keep-for-later", POST, MEMBERS, rules.UNDECIDED),
    Row("matching:say-not-now", POST, MEMBERS, rules.UNDECIDED),
    Row("matching:undo", POST, MEMBERS, rules.SAID),
    Row("matching:unmatch", GET | POST, MEMBERS, rules.MATCHED),
]
GROUPS = [
    Row("groups:list-groups", GET, ANYONE),
    Row("groups:show-group", GET, ANYONE, rules.GROUP),
    Row("groups:join-group", POST, MEMBERS, rules.GROUP),
    Row("groups:leave-group", POST, MEMBERS, rules.GROUP),
    Row("groups:let-write", POST, MEMBERS, rules.GROUP),
    Row("groups:stop-writing", POST, MEMBERS, rules.GROUP),
    Row("groups:write-post", GET | POST, MEMBERS, rules.GROUP),
    Row("groups:preview-post", POST, MEMBERS, rules.GROUP),
    Row("groups:suggest-alias", POST, MEMBERS, rules.GROUP),
    Row("groups:show-post", GET, ANYONE, rules.READ_POST),
    Row("groups:reply-to-post", POST, MEMBERS, rules.READ_POST),
    Row("groups:erase-post", GET | POST, MEMBERS, rules.OWN_POST),
    Row("groups:pin-post", POST, MODERATORS, rules.READ_POST),
    Row("groups:unpin-post", POST, MODERATORS, rules.READ_POST),
]
ARTICLES = [
    Row("articles:list-news", GET, ANYONE),
    Row("articles:news-feed", GET, ANYONE),
    Row("articles:news-feed-as", GET, ANYONE),
    Row("articles:show-archive", GET, ANYONE),
    Row("articles:show-month", GET, ANYONE, rules.MONTH),
    Row("articles:list-category", GET, ANYONE, rules.CATEGORY),
    Row("articles:list-tagged", GET, ANYONE, rules.TAG),
    Row("articles:category-feed", GET, ANYONE, rules.CATEGORY),
    Row("articles:category-feed-as", GET, ANYONE, rules.CATEGORY),
    Row("articles:show-picture", GET, ANYONE, rules.PICTURE),
    Row("articles:read-news", GET, ANYONE, rules.PUBLISHED),
    # Opened by a link, a form's address leads to the article.
    Row("articles:reply-to-news", GET | POST, ANYONE, rules.PUBLISHED),
    Row("articles:reply-to-news-as-guest", GET | POST, ANYONE, rules.PUBLISHED),
    Row("articles:list-guides", GET, ANYONE),
    Row("articles:keep-all-guides", GET, ANYONE),
    Row("articles:read-guide", GET, ANYONE, rules.GUIDE),
    Row("articles:helplines", GET, ANYONE),
    Row("articles:robots", GET, ANYONE),
]
ISSUE_FORMS = ("edit-issue", "send-issue", "send-test", "schedule-issue")
ISSUE_ACTS = ("add-item", "remove-item", "move-item-earlier", "unschedule-issue", "stop-issue", "drop-issue")
NEWSLETTER = [
    Row("newsletter:ask", GET | POST, ANYONE),
    Row("newsletter:show-asked", GET, ANYONE),
    Row("newsletter:confirm", GET | POST, ANYONE, rules.LETTER_LINK),
    Row("newsletter:show-thanks", GET, ANYONE, rules.THANKS_LINK),
    Row("newsletter:join", POST, ANYONE, rules.THANKS_LINK),
    Row("newsletter:save-receipt", GET, ANYONE, rules.LETTER_KEPT),
    Row("newsletter:leave", GET | POST, ANYONE, rules.LEAVE_LINK),
    Row("newsletter:show-left", GET, ANYONE),
    Row("newsletter:choose-topics", GET | POST, ANYONE, rules.LETTER_KEPT),
    Row("newsletter:list-past", GET, ANYONE),
    Row("newsletter:read-past", GET, ANYONE, rules.PAST_LETTER),
    Row("newsletter:list-issues", GET, EDITORS),
    Row("newsletter:start-issue", POST, EDITORS),
    Row("newsletter:list-topics", GET | POST, EDITORS),
    *(Row(f"newsletter:{act}-topic", POST, EDITORS, rules.TOPIC) for act in ("close", "open")),
    *(Row(f"newsletter:{page}", GET, EDITORS, rules.ISSUE) for page in ("preview-issue", "preview-page")),
    *(Row(f"newsletter:{page}", GET | POST, EDITORS, rules.ISSUE) for page in ISSUE_FORMS),
    *(Row(f"newsletter:{act}", POST, EDITORS, rules.ISSUE) for act in ISSUE_ACTS),
]
DECIDING = ("publish-entry", "draft-entry", "set-aside", "take-up")
GATHERING = [
    Row("gathering:list-feeds", GET, EDITORS),
    Row("gathering:add-feed", POST, EDITORS),
    Row("gathering:list-entries", GET, EDITORS),
    Row("gathering:show-entry", GET, EDITORS, rules.ENTRY),
    *(Row(f"gathering:{act}", POST, EDITORS, rules.ENTRY) for act in DECIDING),
    *(Row(f"gathering:{act}-feed", POST, EDITORS, rules.FEED) for act in ("pause", "resume", "poll")),
    Row("gathering:remove-feed", GET | POST, EDITORS, rules.FEED),
]
SEARCH = [
    Row("search:search", GET, ANYONE),
    Row("search:suggest", GET, ANYONE),
    Row("search:list-words", GET | POST, EDITORS),
    Row("search:change-words", GET | POST, EDITORS, rules.WORD_GROUP),
    Row("search:remove-words", POST, EDITORS, rules.WORD_GROUP),
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
    Row("demo:sign-in", POST, ANYONE, rules.DEMO),
    Row("demo:mailbox", GET, ANYONE, rules.IN_DEMO),
]
HOME = [
    Row("home:landing", GET, ANYONE),
    Row("home:home", GET, MEMBERS),
    Row("home:security-txt", GET, ANYONE),
    Row("home:instance-json", GET, ANYONE),
    Row("home:sitemap", GET, ANYONE),
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
    Row("home:first-operator", GET | POST, ANYONE - OPERATORS, rules.CONSOLE_LINK),
    Row("home:opening", GET, OPERATORS),
    Row("home:describe", GET | POST, OPERATORS),
    Row("home:confirm-legal", POST, OPERATORS),
    Row("home:send-test-mail", POST, OPERATORS),
    Row("home:mail-arrived", GET | POST, OPERATORS, rules.OPENING_LINK),
    Row("home:open-site", POST, OPERATORS),
    Row("home:close-site", GET | POST, OPERATORS),
    Row("home:work", GET, OPERATORS),
    Row("home:retry-all-jobs", POST, OPERATORS),
    Row("home:retry-job", POST, OPERATORS, rules.GIVEN_UP_JOB),
    Row("home:drop-job", GET | POST, OPERATORS, rules.GIVEN_UP_JOB),
]

ROWS: list[Row] = [
    *(CORE + ACCOUNTS + NOTIFICATIONS + PRIVACY + SAFETY + MODERATION + PROFILES + CHECKS),
    *(REPLIES + MESSAGING + CLAIMS + MATCHING + GROUPS + ARTICLES),
    *(NEWSLETTER + GATHERING + SEARCH + ONBOARDING + DEMO_ONLY + HOME),
]
