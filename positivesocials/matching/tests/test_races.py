import threading

import pytest
from django.db import connections

from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Match
from positivesocials.messaging.models import Conversation
from positivesocials.profiles.models import Profile
from positivesocials.vault import services as vault


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_likes_at_the_same_moment_are_one_match(meets, ada, ben):
    pairs = [(ada, meets(ada), meets(ben)), (ben, meets(ben), meets(ada))] * 2
    gate, failures = threading.Barrier(len(pairs)), []

    def like(actor, me, about):
        try:
            gate.wait(10)
            with vault.keys_open():
                fresh = Me(Profile.objects.with_faces().get(pk=me.profile.pk))
                matching.like(actor, fresh, about.profile.pk, mode="friends")
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=like, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert failures == []
    assert (Match.objects.count(), Conversation.objects.count()) == (1, 1)
