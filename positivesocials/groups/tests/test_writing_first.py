"""Members of a group who both allow it may write to each other first."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from positivesocials.core.refusals import NotThere
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.messaging import opener_reads, openers
from positivesocials.moderation import services as moderation
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety


@pytest.fixture
def welcome(ada, ben):
    """Both belong to it and allow it; nobody's post is held."""
    moderation.trust([ada.pk, ben.pk])
    group = founding.found_welcome()
    for account in (ada, ben):
        groups.let_write(account, group)
    return group


@pytest.fixture
def post(welcome, ada):
    return groups.write_post(ada, welcome, title="", text="Hello", client_key=uuid4().hex)


def write(actor, other):
    return openers.write_first(
        actor, actor.profile, other.profile.pk, text="I liked what you wrote", client_key=uuid4().hex
    )


def offers(browser, welcome, post, other):
    page = browser.get(reverse("groups:show-post", args=[welcome.slug, post.pk])).content.decode()
    return reverse("messaging:write-first", args=[other.profile.pk]) in page


def test_who_both_allow_it_may_write_from_a_post(welcome, post, ada, ben, signed_in):
    assert offers(signed_in(ben), welcome, post, ada)

    write(ben, ada)

    assert [request.by.name for request in opener_reads.received_by(ada)] == ["Ben"]


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_one_alone_is_not_enough(welcome, post, ada, ben, name, signed_in):
    groups.stop_writing({"ada": ada, "ben": ben}[name], welcome)

    assert not offers(signed_in(ben), welcome, post, ada)
    with pytest.raises(NotThere):
        write(ben, ada)


def test_it_is_off_until_somebody_allows_it(welcome, post, ada, cleo, signed_in):
    groups.join_group(cleo, welcome)

    assert not offers(signed_in(cleo), welcome, post, ada)
    with pytest.raises(NotThere):
        write(cleo, ada)


def test_from_an_alias_nothing_leads_to_its_writer(welcome, ada, ben, signed_in):
    alias = groups.write_post_as_alias(
        ada, welcome, alias="Heron", salt="00ff00ff00ff00ff", title="", text="Hello", client_key=uuid4().hex
    )

    assert not offers(signed_in(ben), welcome, alias, ada)


@pytest.mark.parametrize("column", ["hidden_at", "paused_at"])
def test_who_hides_or_pauses_is_not_written_to(welcome, post, ada, ben, column):
    Profile.objects.filter(account=ada).update(**{column: timezone.now()})

    with pytest.raises(NotThere):
        write(ben, ada)


def test_a_block_beats_it(welcome, post, ada, ben):
    safety.block(ada, [ben.pk])

    with pytest.raises(NotThere):
        write(ben, ada)


def test_leaving_the_group_ends_it(welcome, post, ada, ben):
    groups.leave_group(ben, welcome)

    with pytest.raises(NotThere):
        write(ben, ada)


def test_the_page_of_the_group_switches_it(welcome, ben, signed_in):
    browser, page = signed_in(ben), reverse("groups:show-group", args=[welcome.slug])

    assert "Do not allow it any more" in browser.get(page).content.decode()
    browser.post(reverse("groups:stop-writing", args=[welcome.slug]))
    assert "Do not allow it any more" not in browser.get(page).content.decode()
    browser.post(reverse("groups:let-write", args=[welcome.slug]))
    assert "Do not allow it any more" in browser.get(page).content.decode()
