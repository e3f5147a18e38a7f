import pytest
from django.apps import apps

from positivesocials.accounts.models import Account
from positivesocials.core.models import Instance
from positivesocials.core.refusals import Refused
from positivesocials.demo import material, services
from positivesocials.demo.services.people import account_of

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    models = [model for model in apps.get_models() if model.__module__.startswith("positivesocials.")]
    return {model._meta.label: model._default_manager.count() for model in models}


def everyone() -> int:
    return len(material.people()) + 2 * len(material.couples())


@pytest.mark.parametrize(("process", "data"), [(False, False), (False, True), (True, False)])
def test_nobody_is_invented_outside_a_demo(settings, process, data):
    settings.DEMO = process
    Instance.objects.update(is_demo=data)
    before = counts()

    with pytest.raises(Refused, match="in a demo only"):
        services.seed(lambda: None)

    assert counts() == before


def test_seeding_says_how_far_it_is_and_that_it_did_something(demo):
    steps = []

    made = services.seed(lambda: steps.append(1))

    assert made is True
    assert len(steps) == services.STEPS


def test_an_interrupted_seeding_goes_on_where_it_stopped(demo):
    steps = []

    def stop_after_two() -> None:
        steps.append(1)
        if len(steps) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.seed(stop_after_two)
    first = account_of("quiet-heron").pk

    assert services.seed(lambda: None) is True
    assert account_of("quiet-heron").pk == first
    assert Account.objects.filter(is_demo=True).count() == everyone()
    assert services.seed(lambda: None) is False


def test_the_first_page_has_no_cards_before_the_community_is_there(demo, client):
    assert "Look around as someone else" not in client.get("/").content.decode()
