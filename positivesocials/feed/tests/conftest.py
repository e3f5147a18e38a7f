from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from positivesocials.feed import selectors
from positivesocials.groups import founding, services
from positivesocials.groups.models import Group
from positivesocials.moderation import services as moderation


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def table(db) -> Group:
    """A second open group."""
    return founding.found_first_groups()[1]


@pytest.fixture
def write(db):
    """A function that posts, as somebody whom the moderators know: `write(ben, welcome, "Hello")`."""

    def post(account, group, text="Hello all", alias=""):
        moderation.trust([account.pk])
        said = {"title": "", "text": text, "client_key": uuid4().hex}
        if alias:
            return services.write_post_as_alias(account, group, alias=alias, salt="0" * 16, **said)
        return services.write_post(account, group, **said)

    return post


@pytest.fixture
def feed_of():
    """A function that reads somebody's feed: the texts on its first page."""

    def texts(viewer, before=None):
        page = selectors.page_for(viewer, before=before)
        return [strip_tags(str(entry.post.text)).strip() for entry in page.entries]

    return texts
