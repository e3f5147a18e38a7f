import threading

import pytest
from django.db import connections

from positivesocials.core.refusals import Refused
from positivesocials.groups import founding, services
from positivesocials.groups.models import Post
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
