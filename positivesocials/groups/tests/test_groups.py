from uuid import uuid4

import pytest

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, founding, selectors, services
from positivesocials.groups.models import Group, Membership, Post
from positivesocials.moderation import services as moderation
from positivesocials.replies.models import State
from positivesocials.vault.services import keys_open


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


def post(account, group, text="Hello all", key=None, title=""):
    return services.write_post(account, group, title=title, text=text, client_key=key or str(uuid4()))


def post_as_alias(account, group, alias="Quiet Heron", text="Hello all", key=None):
    key = key or str(uuid4())
    return services.write_post_as_alias(
        account, group, alias=alias, salt="0" * 16, title="", text=text, client_key=key
    )


def texts(group, viewer):
    return [str(view.text) for view in selectors.page_of(group, viewer).posts]


def test_a_form_of_somebody_else_is_refused(ada, ben, welcome):
    post(ada, welcome, key="k")

    with pytest.raises(Refused, match="sent before"):
        post(ben, welcome, key="k")
    with pytest.raises(Refused, match="sent before"):
        post_as_alias(ben, welcome, key="k")
    assert Post.objects.count() == 1


def test_the_welcome_group_is_founded_once(db):
    assert founding.found_welcome() == founding.found_welcome()
    assert Group.objects.count() == 1


def test_a_first_post_is_seen_by_its_writer_until_a_moderator_lets_it_stand(ada, ben, mo, welcome):
    first = post(ada, welcome)
    assert len(texts(welcome, ada)) == 1
    assert texts(welcome, ben) == texts(welcome, None) == texts(welcome, mo) == []
    with pytest.raises(NotThere):
        access.get_post_for(ben, "welcome", first.pk)

    moderation.approve(mo, kind="post", item_id=first.pk)

    assert len(texts(welcome, None)) == 1
    assert post(ada, welcome).state == State.PUBLIC


def test_writing_joins_the_group(ada, welcome):
    post(ada, welcome)

    assert access.is_member(ada, welcome)
    services.leave_group(ada, welcome)
    assert not Membership.objects.exists()


def test_a_double_submit_is_one_post_and_one_alias(ada, welcome):
    assert post_as_alias(ada, welcome, key="k") == post_as_alias(ada, welcome, key="k")
    assert Post.objects.count() == 1
    assert ada.personas.filter(is_alias=True).count() == 1


@pytest.mark.parametrize("typed", [" ADA ", "Ada\u200e", "A\u200bda", "Ａｄａ", "Adá"])
def test_an_alias_does_not_read_as_the_name_one_goes_by(ada, welcome, typed):
    with pytest.raises(Refused, match="name people know"):
        post_as_alias(ada, welcome, alias=typed)


def test_before_the_site_opens_nobody_posts(ada, welcome, settings):
    settings.DEMO = False

    with pytest.raises(Refused, match="not open"):
        post(ada, welcome)


def test_blocked_people_do_not_meet_in_a_group(ada, dora, welcome):
    moderation.trust([ada.pk, dora.pk])
    hers = post(ada, welcome)
    post(dora, welcome)

    assert len(texts(welcome, ada)) == len(texts(welcome, dora)) == 1
    assert len(texts(welcome, None)) == 2
    with pytest.raises(NotThere):
        access.get_post_for(dora, "welcome", hers.pk)


def test_an_erased_post_leaves_a_line_and_no_text(ada, ben, welcome):
    moderation.trust([ada.pk])
    hers = post(ada, welcome, title="A title")

    with pytest.raises(NotThere):
        services.erase_post(ben, hers)
    services.erase_post(ada, hers)

    hers.refresh_from_db()
    assert (hers.title, hers.text, hers.state) == (None, None, State.ERASED)
    assert texts(welcome, ada) == texts(welcome, None) == []
    assert selectors.view_of(access.get_post_for(ben, "welcome", hers.pk), ben).name == ""


def test_one_replies_under_ones_name_or_the_alias_worn_here(ada, ben, welcome):
    moderation.trust([ada.pk, ben.pk])
    masked = post_as_alias(ada, welcome)
    elsewhere = post_as_alias(ada, welcome, alias="Blue Kettle")

    voices = selectors.voices_in(masked, ada)

    assert [voice.name for voice in voices] == ["Quiet Heron", "Ada"]
    assert [voice.name for voice in selectors.voices_in(masked, ben)] == ["Ben"]
    with pytest.raises(NotThere):
        access.get_own_voice(ada, masked, elsewhere.persona_id)
    with pytest.raises(NotThere):
        access.get_own_voice(ben, masked, masked.persona_id)


def test_only_moderators_pin(ada, mo, welcome):
    moderation.trust([ada.pk])
    old, _new = post(ada, welcome, text="old"), post(ada, welcome, text="new")

    with pytest.raises(NotThere):
        services.pin_post(ada, old)
    services.pin_post(mo, old)

    assert "old" in texts(welcome, None)[0]


def test_a_long_post_is_cut_between_words():
    shown, is_cut = selectors.excerpt("word " * 400)

    assert is_cut
    assert len(shown) <= selectors.EXCERPT + 1
    assert shown.endswith("word…")


def test_a_group_costs_the_same_whatever_its_size(ada, ben, welcome, django_assert_num_queries):
    moderation.trust([ada.pk, ben.pk])
    for step in range(9):
        who = ben if step % 3 else ada
        post_as_alias(who, welcome, alias=f"Heron {step}") if step % 2 else post(who, welcome)

    # Blocks, what is pinned, posts, what waits, hidden words, mutes, blocks for the counts, replies, polls,
    # badges, photos.
    with keys_open(), django_assert_num_queries(11), django_assert_num_queries(1, using="keys"):
        selectors.page_of(welcome, ada)
