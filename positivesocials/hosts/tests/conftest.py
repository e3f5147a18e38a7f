import pytest

from positivesocials.hosts import services, training
from positivesocials.hosts.models import Host

RIGHT = {question.key: question.right for question in training.QUESTIONS}


@pytest.fixture
def asking():
    """A function after which somebody has passed and asks: `asking(ada)`."""

    def ask(account):
        services.take_quiz(account, RIGHT)
        services.ask(account, why="I like to say hello.")
        return Host.objects.get(account=account)

    return ask


@pytest.fixture
def made_host(asking, mo):
    def make(account):
        services.make_host(mo, asking(account).pk)
        return account

    return make
