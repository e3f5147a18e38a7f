"""Which rule guards an object, and which relations it lets pass: config/policy.py lays them on addresses."""

from dataclasses import dataclass
from enum import StrEnum


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
MONTH = Rule("month with news", "articles.selectors.month")
FEED = Rule("feed", "gathering.access.get_feed")
ENTRY = Rule("entry of a feed", "gathering.access.get_entry")
PICTURE = Rule("picture of an article", "articles.selectors.picture")
GUIDE_PICTURE = Rule("picture of a guide", "articles.access.get_guide_picture_for")
TAG = Rule("tag", "articles.selectors.tag_in_use")
GUIDE = Rule("published guide", "articles.selectors.guide")
GUIDE_IN = Rule("published guide in one language", "articles.selectors.guide_in")
TRANSLATION = Rule("guide to translate", "articles.access.get_original_for")
LINE = Rule("a helpline", "care.access.get_line_for")
CLAIM = Rule("a fact", "claims.access.get_claim_for")
SOURCE = Rule("a source of facts", "claims.access.get_source_for")
WORD_GROUP = Rule("words that mean the same", "search.access.get_word_group")
GROUP = Rule("group one may know of", "groups.access.get_group_for")
WRITABLE_GROUP = Rule("group one may write in", "groups.access.get_writable_group_for")
MAILED_LINK = Rule("holder of a mailed link", "accounts.selectors.live_link", refusal=Refusal.LINK_ENDED)
STOP_LINK = Rule("holder of the link in any mail", "notifications.services.check_stop_link")
NOTICES_LINK = Rule("holder of a mail of notices", "notifications.letters.check_off_link")
LETTER_LINK = Rule("holder of the letter's link", "newsletter.services.asked")
THANKS_LINK = Rule("holder of the link of thanks", "newsletter.services.thanked")
LETTER_KEPT = Rule("holder of a letter that is in force", "newsletter.services.letter_of")
LEAVE_LINK = Rule("holder of a letter", "newsletter.services.leave", refusal=Refusal.NOTHING)
PAST_LETTER = Rule("letter that was sent", "newsletter.access.get_past_issue")
ISSUE = Rule("letter of the editors", "newsletter.access.get_issue")
TOPIC = Rule("topic of letters", "newsletter.access.get_topic")
CONSOLE_LINK = Rule("holder of the console's link", "home.services.check_first_link")
OPENING_LINK = Rule("holder of the test mail", "home.services.check_mail_link")
GIVEN_UP_JOB = Rule("a job that was given up", "home.selectors.work.given_up")
REPLY_LINK = Rule("guest who wrote the reply", "replies.access.get_guest_contact")
ANSWERS_LINK = Rule("holder of a mail about an answer", "replies.access.check_answers_token")
DEMO = Rule("an invented person, in a demo", "demo.access.get_card_account")
IN_DEMO = Rule("in a demo", "demo.access.is_demo")

OWN_SESSION = Rule("own session", "accounts.services.end_session", frozenset({R.OWNER}), Refusal.NOTHING)
OWN_NOTICE = Rule("own notice", "notifications.access.get_own_notice", frozenset({R.OWNER}))
OWN_PASSKEY = Rule("own passkey", "accounts.access.get_own_passkey", frozenset({R.OWNER}))
OWN_ADDRESS_LINK = Rule(
    "own mailed link", "accounts.selectors.own_address_change", frozenset({R.OWNER}), Refusal.LINK_ENDED
)
OWN_RECEIPT = Rule("own receipt", "privacy.access.get_own_receipt", frozenset({R.OWNER}))
OWN_PROFILE = Rule("own profile", "profiles.access.get_own_profile", frozenset({R.OWNER, R.PARTNER}))
OWN_PHOTO = Rule(
    "photo on an own profile", "profiles.photo_rules.get_own_photo", frozenset({R.OWNER, R.PARTNER})
)
MINE_TO_DESCRIBE = Rule("photo one brought", "profiles.photo_rules.may_describe", frozenset({R.OWNER}))
PHOTO_LINK = Rule("holder of a photo's link, in its session", "profiles.photo_rules.check_link", frozenset())
LETS_SEE = Rule("own profile, to one that it sees", "profiles.photos.let_see", frozenset({R.OWNER}))
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
MAY_WRITE_FIRST = Rule("may write first", "messaging.opener_access.get_addressee_for", frozenset({R.FITTING}))
GOT_REQUEST = Rule("own request", "messaging.opener_access.get_request_for", frozenset({R.OWNER}))
SENT_REQUEST = Rule("request one wrote", "messaging.opener_access.get_sent_for", frozenset({R.FITTING}))
READ_POST = Rule("standing post", "groups.access.get_post_for", NOT_KEPT_APART)
# In the world of the tests these belong to the group in which it stands.
POST_PHOTO = Rule(
    "photo of a post that one reads in a group one belongs to",
    "groups.photo_rules.get_photo_for",
    frozenset({R.OWNER, R.MATCH, R.STRANGER}),
)
OWN_POST_PHOTO = Rule("photo of an own post", "groups.photo_rules.get_own_photo", frozenset({R.OWNER}))
SUPPORTABLE = Rule("somebody else's post, or a reply below it", "groups.access.get_supportable", OTHERS)
TALK_BELOW = Rule("post one may write below", "groups.access.get_talk_for", NOT_KEPT_APART)
EDITABLE_POST = Rule(
    "own post in a group one writes in", "groups.access.get_editable_post", frozenset({R.OWNER})
)
PINNABLE = Rule("post in a group one tends", "groups.access.get_pinnable_post_for", frozenset({R.OWNER}))
OWN_POST = Rule("own post", "groups.access.get_own_post", frozenset({R.OWNER}))
TENDED_GROUP = Rule("group one tends", "groups.tending_access.get_tended_group_for", frozenset({R.OWNER}))
FOUNDED_GROUP = Rule("group one founded", "groups.tending_access.get_founded_group_for", frozenset({R.OWNER}))
MADE_INVITATION = Rule(
    "link into a group one tends", "groups.tending_access.get_invitation_made_for", frozenset({R.OWNER})
)
ASKER = Rule("asks to join what one tends", "groups.tending_access.get_asker_for", frozenset({R.OWNER}))
LISTED_MEMBER = Rule(
    "member of a group one tends", "groups.tending_access.get_member_for", frozenset({R.OWNER})
)
HELPER = Rule("member of a group one founded", "groups.tending_access.get_helper_for", frozenset({R.OWNER}))
OUT_BY_NAME = Rule("put out by name", "groups.tending_access.get_put_out_for", frozenset({R.OWNER}))
OUT_BY_POST = Rule("put out by a post", "groups.tending_access.get_removal_for", frozenset({R.OWNER}))
REMOVABLE_POST = Rule(
    "others' post where one tends", "groups.tending_access.get_removable_post_for", frozenset({R.OWNER})
)
TENDED_POST = Rule(
    "post in a group one looks after", "groups.tending_access.get_tended_post_for", frozenset({R.OWNER})
)
REMOVABLE_REPLY = Rule(
    "others' reply where one tends", "groups.tending_access.get_removable_reply_for", frozenset({R.OWNER})
)
NAMED_POST = Rule(
    "post under a name in a group one founded",
    "groups.tending_access.get_named_post_for",
    frozenset({R.OWNER}),
)
OWN_REMOVED = Rule(
    "own words, removed by who tends", "groups.tending_access.get_own_removal", frozenset({R.FITTING})
)
OWN_MEMBERSHIP = Rule("own membership", "groups.tending_access.get_own_membership", frozenset({R.FITTING}))
# In the world of the tests these two were put out of the group.
GROUP_CODE = Rule(
    "holder of a link into a group",
    "groups.tending_access.get_invitation_for",
    EVERYBODY - {R.EX_MATCH, R.EX_PARTNER},
)
GROUP_EVENTS = Rule("group one may read", "events.access.get_group_with_events_for")
ARRANGED_GROUP = Rule("group one tends", "events.access.get_arranged_group_for", frozenset({R.OWNER}))
EVENT = Rule("event of a group one may read", "events.access.get_event_for")
ARRANGED_EVENT = Rule(
    "event of a group one tends", "events.access.get_arranged_event_for", frozenset({R.OWNER})
)
EVENT_TO_ATTEND = Rule(
    "event of a group one belongs to", "events.access.get_event_to_attend", frozenset({R.OWNER, R.MATCH})
)
POST_TO_ASK_IN = Rule("own public post", "polls.access.get_post_to_ask_in", frozenset({R.OWNER}))
POLL = Rule("poll of a standing post", "polls.access.get_poll_for", NOT_KEPT_APART)
OWN_POLL = Rule("own poll", "polls.access.get_own_poll", frozenset({R.OWNER}))
MUTABLE = Rule("post by somebody else", "feed.access.get_mutable_for", OTHERS)
FOLLOWABLE = Rule("post by somebody else, under a name", "feed.access.get_followable_for", OTHERS)
OWN_FOLLOW = Rule("own choice", "feed.services.unfollow", frozenset({R.OWNER}), Refusal.NOTHING)
OWN_MUTE = Rule("own choice", "feed.services.show_writer", frozenset({R.OWNER}), Refusal.NOTHING)
OWN_GROUP_MUTE = Rule("own choice", "feed.services.show_group", frozenset({R.OWNER}), Refusal.NOTHING)
HOST = Rule("a host", "feed.access.must_ask_the_week", frozenset({R.OWNER}))
QUESTION = Rule("question that waits for its week", "feed.access.get_question_for", frozenset({R.OWNER}))
READ_REPLY = Rule("standing reply", "replies.access.get_reply_for", NOT_KEPT_APART)
OWN_REPLY = Rule("own reply", "replies.access.get_own_reply", frozenset({R.OWNER}))
READ_QUESTION = Rule("answered question that may be read", "asking.access.get_question_for")
OWN_QUESTION = Rule("own question", "asking.access.get_own_question", frozenset({R.OWNER}))
OWN_ANSWERED = Rule("answer below an own question", "asking.access.get_answer_below", frozenset({R.OWNER}))
PROFESSIONAL = Rule("checked as a professional", "asking.access.get_professional", frozenset({R.FITTING}))
ANSWERABLE = Rule(
    "another's question, for professionals", "asking.access.get_question_to_answer", frozenset({R.FITTING})
)
OWN_ANSWER = Rule("own answer", "asking.access.get_own_answer", frozenset({R.FITTING}))
CHECKED = Rule("who asks to be checked, or was", "asking.access.get_professional_for")
TRAINING = Rule("page for hosts to be", "hosts.access.get_page")
# Her match asks to be a host, and nobody decides on themselves.
ASKS_TO_HOST = Rule("asks to be a host, or is one", "hosts.access.get_host_for", EVERYBODY - {R.MATCH})
KNOWN_PROFILE = Rule("known profile", "profiles.access.get_profile_for", OTHERS)
KNOWN_ITEM = Rule("item one can see", "safety.access.get_face_for", OTHERS)
REPORTABLE = Rule("item one can see", "moderation.access.get_item_for", OTHERS)
OWN_REPORT = Rule("own report", "moderation.access.get_report_for", frozenset({R.REPORTER}))
OWN_BLOCK = Rule("own block", "safety.services.unblock_together", frozenset({R.OWNER}), Refusal.NOTHING)
MAY_DECIDE = Rule(
    "neither the author nor blocked by them", "moderation.access.may_decide", EVERYBODY - {R.OWNER, R.BLOCKED}
)
ASKED_TO_VOUCH = Rule("asked by a match", "profiles.check_access.get_vouch_for", frozenset({R.OWNER}))
NOT_KNOWN = OTHERS - {R.PARTNER, R.EX_PARTNER, R.INVITED, R.MATCH, R.EX_MATCH}
MAY_JUDGE = Rule("neither known nor kept apart", "profiles.check_access.get_check_for", NOT_KNOWN)
