import pytest
from django.utils import timezone

from positivesocials.articles import cards
from positivesocials.articles.tests.factories import make_news
from positivesocials.newsletter import issues, services
from positivesocials.newsletter.models import Subscriber
from positivesocials.notifications.tests.sink import Sink


@pytest.fixture
def make_reader(db):
    """A function that makes an address that gets the letter: `make_reader("ann")`."""

    def make(name: str, **traits) -> Subscriber:
        address = f"{name}@example.org"
        row = Subscriber(index=services.index_of(address), address=address, confirmed_at=timezone.now())
        for trait, value in traits.items():
            setattr(row, trait, value)
        row.save(force_insert=True)
        return row

    return make


@pytest.fixture
def make_issue(db):
    """A function that makes a draft with one article in it: `make_issue(subject="What is new")`."""

    def make(**words):
        issue = issues.start()
        said = {"subject": "What is new", "intro": "Good to have you here.", "topic": None, **words}
        issues.save_words(issue, **said)
        issue.refresh_from_db()
        issues.add_item(issue, cards.key_of(make_news()))
        issue.refresh_from_db()
        return issue

    return make


@pytest.fixture
def sink(settings):
    """A mail server of our own, to which letters go."""
    server = Sink()
    server.serve()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.DELIVER_MAIL, settings.EMAIL_TIMEOUT = True, 2
    yield server
    server.shutdown()
    server.server_close()
