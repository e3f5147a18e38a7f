"""Where a thread is shown. Contexts that own threads register how to find their page."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from positivesocials.accounts.models import Account

Home = Callable[[UUID], str | None]
_homes: list[Home] = []
# `told(thread_id, by, already)`: a reply became public; who wrote it, and who was told of it already.
OnReply = Callable[[UUID, tuple[UUID, ...], set[UUID]], None]
_on_reply: list[OnReply] = []
# `may(actor, thread_id)`: whether they may still change what they wrote; True where it is not its thread.
MayChange = Callable[[Account, UUID], bool]
_may_change: list[MayChange] = []
# `may(viewer, thread_id)`: whether they may read what stands there; True where it is not its thread.
MayRead = Callable[[Account | None, UUID], bool]
_may_read: list[MayRead] = []
# `gone(reply_id)`: its writer removed it.
OnGone = Callable[[UUID], None]
_on_gone: list[OnGone] = []


@dataclass(frozen=True)
class Shows:
    """What stands in a reply besides its words, for who decides about it: words of pictures, and they."""

    words: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = ()


# `shows(reply_id, reporter)`: as whoever reports sees it; None for a moderator of the reply's case.
ShownIn = Callable[[UUID, Account | None], Shows]
_shown_in: list[ShownIn] = []


def register(home: Home) -> None:
    """`home(thread_id)` is the path of the page, or None where the thread is not this context's."""
    _homes.append(home)


def path_of(thread_id: UUID) -> str | None:
    return next((path for home in _homes if (path := home(thread_id))), None)


def link_to(path: str, reply_id: UUID) -> str:
    """One reply on the page at this path: it finds the page of the thread that has it, now and later."""
    return f"{path}?reply={reply_id}#r-{reply_id}"


def on_reply(react: OnReply) -> OnReply:
    """Runs in the transaction in which a reply becomes public."""
    if react not in _on_reply:
        _on_reply.append(react)
    return react


def reactions() -> list[OnReply]:
    return list(_on_reply)


def on_gone(react: OnGone) -> OnGone:
    """Runs in the transaction in which a reply is erased."""
    if react not in _on_gone:
        _on_gone.append(react)
    return react


def erased(reply_id: UUID) -> None:
    for react in _on_gone:
        react(reply_id)


def show_in(by: ShownIn) -> ShownIn:
    if by not in _shown_in:
        _shown_in.append(by)
    return by


def shown_in(reply_id: UUID, reporter: Account | None) -> Shows:
    found = [by(reply_id, reporter) for by in _shown_in]
    words = tuple(each for shows in found for each in shows.words)
    return Shows(words, tuple(each for shows in found for each in shows.pictures))


def before_reading(may: MayRead) -> MayRead:
    """Asked before a reply is shown away from its page, such as to whoever reports it."""
    if may not in _may_read:
        _may_read.append(may)
    return may


def may_read(viewer: Account | None, thread_id: UUID) -> bool:
    return all(may(viewer, thread_id) for may in _may_read)


def before_changes(may: MayChange) -> MayChange:
    """Asked before one changes a reply of one's own. Removing it is possible wherever it stands."""
    if may not in _may_change:
        _may_change.append(may)
    return may


def may_change(actor: Account, thread_id: UUID) -> bool:
    return all(may(actor, thread_id) for may in _may_change)
