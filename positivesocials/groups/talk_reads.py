"""What is said below a post, as one viewer may see it: the replies, quotes, and whom one can name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.safestring import SafeString

from positivesocials.accounts.models import Account
from positivesocials.core import markdown
from positivesocials.groups import access, pictured, reaction_reads
from positivesocials.groups.models import Post
from positivesocials.groups.pictured import Album
from positivesocials.groups.selectors import aside_of, asides_in, shown_name
from positivesocials.profiles.models import Persona
from positivesocials.replies import quotes
from positivesocials.replies import selectors as replies
from positivesocials.replies.models import State
from positivesocials.replies.paging import WHOLE, Asked, Place


@dataclass(frozen=True)
class ReplyPreview:
    name: str
    salt: str
    is_alias: bool
    text: SafeString
    names: tuple[str, ...]
    quote: quotes.Quote | None
    album: Album


def talk_below(
    post: Post,
    viewer: Account | None,
    *,
    seen_at: datetime | None = None,
    asked: Asked = WHOLE,
) -> replies.ReplyTree:
    """A page of the replies below a post, as this viewer may see them."""
    asides = asides_in(post.group, viewer)
    around = replies.Around(
        starter_id=post.persona_id,
        opening=None if aside_of(post, viewer, asides) else quote_of(post),
        asides=asides,
        seen_at=seen_at,
        below=partial(reaction_reads.signs_below, post, viewer),
        beside=partial(pictured.albums_below, post, viewer),
        has_names=True,
    )
    may_change = viewer is not None and access.may_change_reply(viewer, post)
    return replies.tree(post.thread, viewer, around=around, may_change=may_change, asked=asked)


def was_on(tree: replies.ReplyTree, page: int) -> Place | None:
    """The page that was read last; None where one is there, or is led there by what is new."""
    led = tree.first_new.page if tree.first_new and tree.first_new.branch is None else None
    return Place(page) if 1 < page <= tree.pages and page not in {tree.page, led} else None


def quote_of(post: Post) -> quotes.Quote:
    """A short part of the post; of one with a content note that note, since its text is folded."""
    said = (post.note or post.text) if post.state == State.PUBLIC else None
    if not said:
        return quotes.Quote("", "", "post")
    return quotes.Quote(shown_name(post.persona), quotes.short(said), "post")


def people_in(post: Post, tree: replies.ReplyTree, viewer: Account) -> list[quotes.Person]:
    """Whom a reply here may name: the author of the post, under its id, and who else wrote below it."""
    persona = post.persona
    if persona is None or post.author_id == viewer.pk or not post.text:
        return list(tree.people)
    author = quotes.Person(post.pk, shown_name(persona), persona.is_alias, is_starter=True)
    return [author, *(person for person in tree.people if not person.is_starter)]


def quoted(post: Post, tree: replies.ReplyTree, reply_id: UUID | None) -> quotes.Quote | None:
    """What a reply to this would quote."""
    if reply_id is None:
        return quote_of(post)
    node = tree.find(reply_id)
    said = quotes.short(markdown.words_of(str(node.text))) if node else ""
    return quotes.Quote(node.name, said, f"r-{node.id}") if node else None


def preview_reply(
    voice: Persona, text: str, *, names: Sequence[str], quote: quotes.Quote | None, album: Album
) -> ReplyPreview:
    """A reply as it would look, before it is one."""
    return ReplyPreview(
        voice.name or "", voice.salt, voice.is_alias, markdown.render(text), tuple(names), quote, album
    )
