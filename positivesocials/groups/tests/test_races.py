import threading
import time
from uuid import uuid4

import pytest
from django.db import connections, transaction

from positivesocials.core.refusals import Refused
from positivesocials.groups import changes, drafts, following, founding, reactions, services
from positivesocials.groups.models import Post
from positivesocials.groups.post_models import Draft, EarlierPost, FollowedPost, PostPhoto, Support
from positivesocials.groups.tests import shots
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Hold
from positivesocials.replies.models import State, Thread


def at_once(*acts):
    """Run each in a thread of its own, all starting together; return what they returned or raised."""
    gate, results = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            results.append(act())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def meanwhile(act, other):
    """`other` begins once `act` is done and before it is committed: what both returned or raised."""
    done = threading.Event()

    def first():
        with transaction.atomic():
            act()
            done.set()
            # Long enough for the other to come to where it has to wait.
            time.sleep(0.2)

    def second():
        done.wait()
        return other()

    return at_once(first, second)


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_once_are_one_post_and_one_alias(ada):
    group = founding.found_welcome()

    def post():
        return services.write_post_as_alias(
            ada, group, alias="Quiet Heron", salt="0" * 16, title="", text="hello", client_key="k"
        )

    first, second, third = at_once(post, post, post)

    assert first == second == third
    assert (Post.objects.count(), Thread.objects.count(), Hold.objects.count()) == (1, 1, 1)
    assert ada.personas.filter(is_alias=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_make_one_decision(ada, mo, olu):
    post = services.write_post(ada, founding.found_welcome(), title="", text="hello", client_key="k")

    results = at_once(
        lambda: moderation.approve(mo, kind="post", item_id=post.pk),
        lambda: moderation.remove(olu, kind="post", item_id=post.pk, reason="No."),
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    outcome = Hold.objects.get().outcome
    post.refresh_from_db()
    assert (outcome, post.state) in {("approved", State.PUBLIC), ("removed", State.REMOVED)}


@pytest.mark.django_db(transaction=True)
def test_changed_and_removed_at_once_is_removed_with_all_it_ever_said(ada):
    moderation.trust([ada.pk])
    post = services.write_post(ada, founding.found_welcome(), title="", text="hello", client_key="k")

    at_once(
        lambda: changes.edit_post(ada, "welcome", post.pk, title="", note="", text="Better words"),
        lambda: services.erase_post(ada, Post.objects.get(pk=post.pk)),
    )

    post.refresh_from_db()
    assert (post.state, post.text, EarlierPost.objects.count()) == (State.ERASED, None, 0)


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_lose_no_earlier_words(ada):
    moderation.trust([ada.pk])
    post = services.write_post(ada, founding.found_welcome(), title="", text="First", client_key="k")

    def change(words):
        return lambda: changes.edit_post(ada, "welcome", post.pk, title="", note="", text=words)

    at_once(change("One"), change("Two"))

    last = Post.objects.get().text
    kept = {row.text for row in EarlierPost.objects.all()}
    assert kept == {"First", "One", "Two"} - {last}


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one_sign_one_follower_and_one_draft(ada, ben):
    moderation.trust([ada.pk])
    group = founding.found_welcome()
    post = services.write_post(ada, group, title="", text="hello", client_key="k")
    place = drafts.Place(group)

    def press():
        reactions.give(ben, post, None, sign="thanks")
        following.follow(ben, post)
        return drafts.keep(ben, place, drafts.Words("Half a thought"), version=0).words.text

    assert at_once(press, press, press) == ["Half a thought"] * 3
    assert (Support.objects.count(), Draft.objects.count()) == (1, 1)
    assert FollowedPost.objects.filter(account=ben).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_pictures_at_once_no_more_wait_than_may(ada, settings, tmp_path):
    settings.MEDIA_ROOT, group = tmp_path, founding.found_welcome()
    shots.drawn()

    results = at_once(*[lambda: shots.add(ada, group)] * 6)

    assert PostPhoto.objects.count() == len(shots.files()) / 3 == 4
    assert [type(each) for each in results].count(Refused) == 2
    assert sorted(PostPhoto.objects.values_list("place", flat=True)) == [0, 1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_the_same_picture_twice_at_once_is_one(ada, settings, tmp_path):
    settings.MEDIA_ROOT, group, key = tmp_path, founding.found_welcome(), uuid4()
    shots.drawn()

    first, second = at_once(*[lambda: shots.add(ada, group, sent_key=key)] * 2)

    assert first == second == PostPhoto.objects.get()
    assert len(shots.files()) == 3
