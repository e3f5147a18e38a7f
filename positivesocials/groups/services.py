"""Groups, who belongs to them, and their posts: the only code that writes this context's rows."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import instance, wording
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, following, founding, history, photo_bytes, visits, worn
from positivesocials.groups.models import (
    BELONGING,
    Group,
    Membership,
    Openness,
    Post,
    PostQuerySet,
    SeenAs,
    Standing,
)
from positivesocials.groups.post_models import AliasToErase, Draft, PostPhoto
from positivesocials.groups.telling import tell, tell_who_tends
from positivesocials.moderation import access as moderators
from positivesocials.moderation import services as moderation
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles import services as personas
from positivesocials.replies import services as replies
from positivesocials.replies.models import Reply, State
from positivesocials.replies.services import More

KIND = "post"
# Who may yet join.
WAITING = (Standing.INVITED, Standing.ASKING, Standing.DECLINED)
# For so long, at most, what was written under an alias stays when somebody erases all that they wrote.
ALIASES_STAY = timedelta(days=1)
AT_ONE_GO = 200


def join_group(actor: Account, group: Group, answers: list[str] | None = None) -> Standing:
    """Belong to a group, or ask to, where newcomers are asked something first. Says how the actor stands now.

    Calling it again changes nothing. Whoever was put out stays out.
    """
    standing = access.standing_of(actor, group)
    if standing == Standing.PUT_OUT:
        raise Refused(_("Whoever looks after this group decided that you cannot join it again."))
    if standing in BELONGING:
        return standing
    if group.openness == Openness.INVITED and standing is None:
        raise NotThere
    waits = bool(group.questions) and standing != Standing.INVITED
    wanted = Standing.ASKING if waits else Standing.MEMBER
    kept = answers if waits else None
    row, is_new = Membership.objects.get_or_create(
        group=group, account=actor, defaults={"standing": wanted, "answers": kept}
    )
    if not is_new:
        row.answers = kept
        row.save(update_fields=["answers"])
        Membership.objects.filter(pk=row.pk, standing__in=WAITING).update(standing=wanted)
    if wanted == Standing.ASKING and standing != Standing.ASKING:
        tell_who_tends(group)
    if group.opened_at is None:
        founding.open_if_asked(group)
    return access.standing_of(actor, group) or wanted


@transaction.atomic
def leave_group(actor: Account, group: Group, *, erases: bool = False) -> None:
    """What was written stays unless it `erases` that too. Being put out does not end by leaving."""
    if erases:
        erase_all_in(actor, group)
    following.forget(actor, group)
    visits.forget(actor, group)
    own = Membership.objects.filter(group=group, account=actor)
    # Held and read anew: whoever became the founder in this moment passes the group on, too.
    own.select_for_update().first()
    own.exclude(standing=Standing.PUT_OUT).delete()
    # In the list of members a name goes when it leaves, whatever became of an alias of theirs.
    own.filter(seen_as=SeenAs.MEMBER).update(seen_as=SeenAs.NOBODY)


@transaction.atomic
def erase_all_in(actor: Account, group: Group) -> None:
    """All that the actor wrote in the group: a line of each stays, and of what they began to write nothing.

    What is under their name goes at once. What is under an alias goes within a day, each alias at a moment of
    its own, so that nobody sees that they belong together.
    """
    photo_bytes.drop(PostPhoto.objects.filter(draft__account=actor, draft__group=group))
    Draft.objects.filter(account=actor, group=group).delete()
    posts, said = _written_in(group, actor)
    masked = Q(persona__is_alias=True)
    for rows in (posts.filter(masked), said.filter(masked)):
        for persona_id in set(rows.values_list("persona", flat=True)):
            _erase_later(group, persona_id)
    _erase(actor, posts.exclude(masked), said.exclude(masked))


def _written_in(group: Group, actor: Account) -> tuple[PostQuerySet, QuerySet[Reply]]:
    posts = Post.objects.filter(group=group, author=actor).exclude(state=State.ERASED)
    said = Reply.objects.filter(thread__post__group=group, author=actor).exclude(state=State.ERASED)
    return posts, said


def _erase(actor: Account, posts: PostQuerySet, said: QuerySet[Reply]) -> None:
    for post in posts:
        erase_post(actor, post)
    for pk in list(said.values_list("pk", flat=True)):
        replies.erase(actor, pk)


def _erase_later(group: Group, persona_id: UUID) -> None:
    now = timezone.now()
    due_at = now + timedelta(seconds=secrets.randbelow(int(ALIASES_STAY.total_seconds())))
    AliasToErase.objects.update_or_create(
        group=group,
        persona_id=persona_id,
        defaults={"asked_at": now},
        create_defaults={"asked_at": now, "due_at": due_at},
    )


@every(seconds=300)
def erase_due() -> None:
    """What was written under aliases whose moment has come. Each goes whole, or stays until the next time."""
    due = AliasToErase.objects.filter(due_at__lte=timezone.now()).order_by("due_at", "id")
    for pk in due.values_list("pk", flat=True)[:AT_ONE_GO]:
        with transaction.atomic():
            row = AliasToErase.objects.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is not None:
                posts, said = _written_in(row.group, row.persona.account)
                then = Q(persona=row.persona_id, written_at__lte=row.asked_at)
                _erase(row.persona.account, posts.filter(then), said.filter(then))
                row.delete()


def pass_on(group_id: UUID) -> None:
    """A group whose founder is gone goes to whoever tends it longest, else to who belongs to it longest.

    Where nobody is left, the moderators of the site keep order alone in what anybody can read.
    """
    belonging = Membership.objects.filter(group=group_id)
    if belonging.filter(standing=Standing.FOUNDER).exists():
        return
    for standing in (Standing.MODERATOR, Standing.MEMBER):
        waiting = belonging.filter(standing=standing).order_by("joined_at", "id")
        while heir := waiting.first():
            # Whoever leaves in this moment is gone by then, and the next one is asked for.
            if Membership.objects.filter(pk=heir.pk, standing=standing).update(standing=Standing.FOUNDER):
                tell(Membership.objects.filter(pk=heir.pk))
                return


def let_write(actor: Account, group: Group) -> None:
    """Members of the group who allow it too may write to the actor first, from posts under a name."""
    if join_group(actor, group) not in BELONGING:
        raise NotThere
    own = Membership.objects.filter(group=group, account=actor, lets_write_at=None)
    own.update(lets_write_at=timezone.now())


def stop_writing(actor: Account, group: Group) -> None:
    """From now on nobody writes first by this group. What waits stays, to be answered or not."""
    Membership.objects.filter(group=group, account=actor).update(lets_write_at=None)


def write_post(
    actor: Account,
    group: Group,
    *,
    title: str,
    text: str,
    client_key: str,
    note: str = "",
    photos: Sequence[UUID] = (),
) -> Post:
    """A post under the name people know the actor by, with those of their waiting `photos`. Writing joins the
    group.

    The same `client_key` again returns the first post.
    """
    profile = profiles.profile_of(actor)
    if profile is None or profile.persona is None:
        raise NotThere
    draft = _draft(actor, group, (title, note, text), client_key)
    draft.persona = profile.persona
    return _sent(actor, client_key) or _save_once(draft, photos)


def write_post_as_alias(
    actor: Account,
    group: Group,
    *,
    alias: str,
    salt: str,
    title: str,
    text: str,
    client_key: str,
    note: str = "",
    photos: Sequence[UUID] = (),
) -> Post:
    """A post under an alias made for it alone. No member can tell who is behind it."""
    replies.refuse_own_name(actor, alias)
    draft = _draft(actor, group, (title, note, text), client_key)
    sent = _sent(actor, client_key)
    if sent is not None:
        return sent
    replies.refuse_names_of_others(alias, worn.names_of_others(group, actor))
    return _save_once(draft, photos, alias=alias.strip(), salt=salt)


def _sent(actor: Account, client_key: str) -> Post | None:
    return Post.objects.filter(author=actor, client_key=client_key).first()


def _draft(actor: Account, group: Group, said: tuple[str, str, str], client_key: str) -> Post:
    title, note, text = said
    if not instance.is_open():
        raise Refused(_("This site is not open yet. Posts can be written once it is."))
    if not access.may_write(actor, group):
        raise NotThere
    return Post(
        group=group,
        author=actor,
        key_id=actor.pk,
        title=wording.one_line(title) or None,
        note=wording.one_line(note) or None,
        text=replies.worded(text),
        state=State.HELD if moderators.needs_hold(actor) else State.PUBLIC,
        client_key=client_key,
    )


def _save_once(draft: Post, photos: Sequence[UUID], *, alias: str = "", salt: str = "") -> Post:
    """Save a draft, with an alias made for it; where a second submit was quicker, return what it saved."""
    author = draft.author
    assert author is not None
    try:
        with transaction.atomic():
            if alias:
                draft.persona = personas.make_alias(author, name=alias, salt=salt)
            _save(author, draft)
            photo_bytes.move(author, photos, draft)
    except IntegrityError:
        sent = _sent(author, draft.client_key)
        if sent is None:
            raise replies.SentBefore from None
        return sent
    return draft


def _save(author: Account, draft: Post) -> None:
    draft.thread = replies.open_thread()
    draft.save(force_insert=True)
    join_group(author, draft.group)
    following.follow(author, draft)
    if draft.state == State.HELD:
        moderation.hold(KIND, draft.pk)


def reply_to_post(
    actor: Account,
    post: Post,
    *,
    persona_id: UUID,
    text: str,
    parent_id: UUID | None,
    client_key: str,
    wants_answers: bool = True,
    quotes: bool = False,
    mentions: Sequence[UUID] = (),
    photos: Sequence[UUID] = (),
) -> Reply:
    """A reply under the actor's name or under an alias they already wear in this post, with those of their
    waiting `photos`. It joins the group.
    """
    if not access.may_reply(post):
        raise Refused(_("This conversation is closed. What was written stays here to read."))
    if not access.may_write(actor, post.group):
        raise NotThere
    with transaction.atomic():
        written = replies.reply(
            actor,
            post.thread,
            persona=access.get_own_voice(actor, post, persona_id),
            text=text,
            parent_id=parent_id,
            client_key=client_key,
            wants_answers=wants_answers,
            more=More(quotes=quotes, mentions=access.get_mentioned(actor, post, mentions)),
        )
        photo_bytes.move(actor, photos, post, written)
    join_group(actor, post.group)
    return written


@transaction.atomic
def erase_post(actor: Account, post: Post) -> None:
    """The text is gone for everyone and the post leaves the list. A line and the replies stay on its page."""
    if post.author_id != actor.pk:
        raise NotThere
    post.title = post.note = post.text = None
    post.state = State.ERASED
    post.pinned_at = None
    post.save(update_fields=["title", "note", "text", "state", "pinned_at"])
    history.forget(post)
    photo_bytes.drop_of_post(post)
    moderation.release(KIND, post.pk)


def pin_post(actor: Account, post: Post) -> None:
    _must_pin(actor, post.group)
    Post.objects.filter(pk=post.pk, state=State.PUBLIC).update(pinned_at=timezone.now())


def unpin_post(actor: Account, post: Post) -> None:
    _must_pin(actor, post.group)
    Post.objects.filter(pk=post.pk).update(pinned_at=None)


def _must_pin(actor: Account, group: Group) -> None:
    if not access.may_pin(actor, group):
        raise NotThere


def approve(post_id: UUID) -> None:
    Post.objects.filter(pk=post_id, state=State.HELD).update(state=State.PUBLIC)


def remove(post_id: UUID) -> None:
    """A moderator's decision. The text stays sealed for its author to see; nobody else reads it."""
    hidden = Post.objects.filter(pk=post_id, state__in=[State.HELD, State.PUBLIC])
    hidden.update(state=State.REMOVED, pinned_at=None)
