from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core import public_texts
from positivesocials.core.refusals import NotThere
from positivesocials.groups import (
    access,
    closing,
    finding,
    following,
    founding,
    history,
    photo_bytes,
    pictured,
    selectors,
    services,
    slots,
    telling,
)
from positivesocials.groups.models import GROUP_KIND, Group, Membership, Post, Standing
from positivesocials.groups.post_models import PostPhoto
from positivesocials.groups.slots import Filling
from positivesocials.hosts import selectors as hosts
from positivesocials.messaging import opener_access as openers
from positivesocials.moderation import registry
from positivesocials.moderation.registry import Earlier, Evidence
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Kind
from positivesocials.replies import homes
from positivesocials.replies.homes import Shows
from positivesocials.safety import registry as safety


class PostKind:
    label = _("Post")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        seen = pictured.seen_by(reporter, pictured.of_post(item_id))
        return _evidence(Post.objects.listed_for(reporter).filter(pk=item_id), seen)

    def evidence(self, item_id: UUID) -> Evidence:
        earlier = tuple(Earlier(text, until_at) for text, until_at in history.earlier(item_id))
        photos = pictured.of_post(item_id)
        return replace(_evidence(Post.objects.filter(pk=item_id), photos), earlier=earlier)

    def approve(self, item_id: UUID) -> None:
        services.approve(item_id)

    def remove(self, item_id: UUID) -> None:
        services.remove(item_id)


def _evidence(posts: QuerySet[Post], photos: list[PostPhoto]) -> Evidence:
    post = posts.select_related("persona", "group").first()
    if post is None or post.text is None:
        raise NotThere
    words, pictures = pictured.copies_for_report(photos)
    return Evidence(
        text="\n\n".join(filter(None, (history.worded(post), *words, *slots.said_below(post.pk)))),
        pictures=pictures,
        shown_name=selectors.shown_name(post.persona),
        url=_path(post),
        author_ids=(post.author_id,) if post.author_id else (),
    )


class GroupKind:
    """What a group says of itself, by whoever founded it. Closing it is all that can be done to it."""

    label = _("Group")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        return _group_evidence(Group.objects.known_to(reporter).filter(pk=item_id))

    def evidence(self, item_id: UUID) -> Evidence:
        return _group_evidence(Group.objects.filter(pk=item_id))

    def approve(self, item_id: UUID) -> None:
        closing.approve(item_id)

    def remove(self, item_id: UUID) -> None:
        closing.remove(item_id)


def _group_evidence(groups: QuerySet[Group]) -> Evidence:
    group = groups.filter(closed_at=None).first()
    if group is None or not group.name:
        raise NotThere
    words = (group.name_here, group.about_here, *group.rule_lines, group.questions, group.greeting_here)
    founders = Membership.objects.filter(group=group, standing=Standing.FOUNDER)
    return Evidence(
        text="\n\n".join(filter(None, words)),
        shown_name=gettext("Whoever founded the group"),
        url=reverse("groups:show-group", args=[group.slug]),
        author_ids=tuple(founders.values_list("account_id", flat=True)),
    )


def _standing_address(membership_id: UUID) -> str | None:
    own = Membership.objects.filter(pk=membership_id).exists()
    return reverse("groups:show-standing", args=[membership_id]) if own else None


def _tending_address(group_id: UUID) -> str | None:
    group = Group.objects.filter(pk=group_id).first()
    return reverse("groups:tend-group", args=[group.slug]) if group else None


def _path(post: Post) -> str:
    return reverse("groups:show-post", args=[post.group.slug, post.pk])


def _home(thread_id: UUID) -> str | None:
    post = selectors.post_of_thread(thread_id)
    return _path(post) if post else None


def _address(post_id: UUID) -> str | None:
    post = Post.objects.select_related("group").filter(pk=post_id).first()
    return _path(post) if post else None


@homes.before_reading
def may_read_reply(viewer: Account | None, thread_id: UUID) -> bool:
    post = selectors.post_of_thread(thread_id)
    return post is None or access.may_read(viewer, post.group)


@homes.show_in
def show_photos_in(reply_id: UUID, reporter: Account | None) -> Shows:
    photos = pictured.of_reply(reply_id)
    return Shows(*pictured.copies_for_report(pictured.seen_by(reporter, photos) if reporter else photos))


@homes.before_changes
def may_change_reply(actor: Account, thread_id: UUID) -> bool:
    post = selectors.post_of_thread(thread_id)
    return post is None or access.may_change_reply(actor, post)


@receiver([post_save, post_delete], sender=Group)
def tell_of_group(instance: Group, **_signal: Any) -> None:
    public_texts.changed(finding.GROUP, str(instance.pk))


@receiver(post_delete, sender=Membership)
def find_an_heir(instance: Membership, **_signal: Any) -> None:
    """Whether the founder left or their account is gone."""
    if instance.standing == Standing.FOUNDER:
        services.pass_on(instance.group_id)
        closing.close_deserted(instance.group_id)


@slots.fill_beside
def show_hosts(viewer: Account | None, group: Group) -> Filling | None:
    """Whom newcomers can turn to, in the group that greets them. Who welcomes is shown to members."""
    if viewer is None or group.slug != founding.WELCOME:
        return None
    return Filling("hosts/_beside.html", {"hosts": hosts.hosts_for(viewer)})


openers.write_first_when(access.may_write_first)
POST = PostKind()
GROUP = GroupKind()
notices.register(
    Kind(
        telling.STANDING,
        label=_("Groups: whether you are let in, and what else concerns you there"),
        words=_("Something changed for you in a group"),
        icon="group",
        path=_standing_address,
        order=6,
    )
)
notices.register(
    Kind(
        telling.ASKING,
        label=_("Groups you look after: who asks to join"),
        words=_("Someone asks to join a group that you look after"),
        icon="group",
        path=_tending_address,
        order=6,
    )
)
notices.register(
    Kind(
        following.TO_AUTHOR,
        label=_("Replies to your posts"),
        words=_("A reply to your post"),
        icon="reply",
        path=_address,
        order=6,
    )
)
notices.register(
    Kind(
        following.TO_OTHERS,
        label=_("Replies where you follow"),
        words=_("Something new where you follow a post"),
        icon="reply",
        path=_address,
        order=6,
    )
)
registry.register(services.KIND, POST)
registry.register(GROUP_KIND, GROUP)
safety.register(services.KIND, POST)
homes.register(_home)
homes.on_reply(following.tell)
homes.on_gone(photo_bytes.drop_of_reply)
