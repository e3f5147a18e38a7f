from uuid import uuid4

import pytest

from positivesocials.groups import founding, services
from positivesocials.moderation import services as moderation
from positivesocials.polls import services as polls


@pytest.fixture
def post(ada):
    moderation.trust([ada.pk])
    group = founding.found_welcome()
    return services.write_post(ada, group, title="", text="Tea or coffee?", client_key=uuid4().hex)


@pytest.fixture
def poll(ada, post):
    return polls.ask(ada, post, ["Tea", "Coffee", "Neither"], days=7)


@pytest.fixture
def voters(make_member):
    return [make_member(name) for name in ("Gus", "Ida", "Kim", "Lou", "Max", "Nia")]
