"""Whom each address of groups, their events and polls and of the feed is for: a part of `policy.py`."""

from positivesocials.config import rules
from positivesocials.config.rows import (
    ANYONE,
    GET,
    MEMBERS,
    MODERATORS,
    POST,
    Row,
)

GROUPS = [
    Row("groups:list-groups", GET, ANYONE),
    Row("groups:found-group", GET | POST, MEMBERS),
    Row("groups:accept-invitation", GET | POST, MEMBERS, rules.GROUP_CODE),
    Row("groups:show-standing", GET, MEMBERS, rules.OWN_MEMBERSHIP),
    Row("groups:agree-to-tend", POST, MEMBERS, rules.OWN_MEMBERSHIP),
    Row("groups:refuse-to-tend", POST, MEMBERS, rules.OWN_MEMBERSHIP),
    Row("groups:tend-group", GET, MEMBERS, rules.TENDED_GROUP),
    Row("groups:reword", GET | POST, MEMBERS, rules.TENDED_GROUP),
    Row("groups:close-group", GET | POST, MEMBERS, rules.FOUNDED_GROUP),
    Row("groups:invite", POST, MEMBERS, rules.TENDED_GROUP),
    Row("groups:revoke", POST, MEMBERS, rules.MADE_INVITATION),
    Row("groups:let-in", POST, MEMBERS, rules.ASKER),
    Row("groups:decline", POST, MEMBERS, rules.ASKER),
    Row("groups:put-out", GET | POST, MEMBERS, rules.LISTED_MEMBER),
    Row("groups:let-back", POST, MEMBERS, rules.OUT_BY_NAME),
    Row("groups:ask-to-tend", POST, MEMBERS, rules.HELPER),
    Row("groups:take-back", POST, MEMBERS, rules.HELPER),
    Row("groups:let-author-back", POST, MEMBERS, rules.OUT_BY_POST),
    Row("groups:ask-author", POST, MEMBERS, rules.NAMED_POST),
    Row("groups:remove-post", GET | POST, MEMBERS, rules.REMOVABLE_POST),
    Row("groups:list-replies", GET, MEMBERS, rules.TENDED_POST),
    Row("groups:remove-reply", GET | POST, MEMBERS, rules.REMOVABLE_REPLY),
    Row("groups:appeal", POST, MEMBERS, rules.OWN_REMOVED),
    Row("groups:show-group", GET, ANYONE, rules.GROUP),
    Row("groups:join-group", GET | POST, MEMBERS, rules.GROUP),
    Row("groups:leave-group", GET | POST, MEMBERS, rules.GROUP),
    Row("groups:let-write", POST, MEMBERS, rules.GROUP),
    Row("groups:stop-writing", POST, MEMBERS, rules.GROUP),
    Row("groups:write-post", GET | POST, MEMBERS, rules.WRITABLE_GROUP),
    Row("groups:preview-post", POST, MEMBERS, rules.WRITABLE_GROUP),
    Row("groups:suggest-alias", POST, MEMBERS, rules.WRITABLE_GROUP),
    Row("groups:show-post", GET, ANYONE, rules.READ_POST),
    Row("groups:reply-to-post", POST, MEMBERS, rules.READ_POST),
    Row("groups:erase-post", GET | POST, MEMBERS, rules.OWN_POST),
    Row("groups:pin-post", POST, MEMBERS, rules.PINNABLE),
    Row("groups:unpin-post", POST, MEMBERS, rules.PINNABLE),
]
ATTENDING = ("answer", "suggest-alias", "step-back")
EVENTS = [
    Row("events:list-events", GET, ANYONE, rules.GROUP_EVENTS),
    Row("events:make-event", GET | POST, MEMBERS, rules.ARRANGED_GROUP),
    Row("events:show-event", GET, ANYONE, rules.EVENT),
    Row("events:change-event", GET | POST, MEMBERS, rules.ARRANGED_EVENT),
    Row("events:call-off", GET | POST, MEMBERS, rules.ARRANGED_EVENT),
    *(Row(f"events:{act}", POST, MEMBERS, rules.EVENT_TO_ATTEND) for act in ATTENDING),
    Row("events:save-file", GET, MEMBERS, rules.EVENT_TO_ATTEND),
]
POLLS = [
    Row("polls:ask", GET | POST, MEMBERS, rules.POST_TO_ASK_IN),
    Row("polls:vote", POST, MEMBERS, rules.POLL),
    Row("polls:take-away", GET | POST, MEMBERS, rules.OWN_POLL),
]
FEED = [
    Row("feed:show-feed", GET, MEMBERS),
    Row("feed:list-choices", GET, MEMBERS),
    Row("feed:follow-writer", POST, MEMBERS, rules.FOLLOWABLE),
    Row("feed:mute-writer", POST, MEMBERS, rules.MUTABLE),
    Row("feed:mute-group", POST, MEMBERS, rules.GROUP),
    Row("feed:unfollow-writer", POST, MEMBERS, rules.OWN_FOLLOW),
    Row("feed:show-writer", POST, MEMBERS, rules.OWN_MUTE),
    Row("feed:show-group", POST, MEMBERS, rules.OWN_GROUP_MUTE),
    Row("feed:list-questions", GET | POST, MODERATORS),
    Row("feed:take-question-back", POST, MODERATORS, rules.QUESTION),
]
