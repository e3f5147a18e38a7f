"""A shipped guide that an editor deleted stays deleted, until somebody asks for it."""

import pytest

from positivesocials.articles import guides, services
from positivesocials.articles.models import GuidePage, ShippedGuide
from positivesocials.articles.tests.factories import make_guide
from positivesocials.core.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    services.load_guides()
    return GuidePage.objects.get(slug="scabies")


def test_a_shipped_guide_that_an_editor_deletes_does_not_come_back(client, guide, edda, signed_in):
    signed_in(edda).post(f"/desk/pages/{guide.pk}/delete/")
    assert not GuidePage.objects.filter(slug="scabies").exists()

    assert services.load_guides() == 0

    assert client.get("/guides/scabies/").status_code == 404
    assert guides.deleted() == ["scabies"]


def test_nor_does_one_that_had_another_address_by_then(guide):
    guide.slug = "itch"
    guide.save()
    assert services.load_guides() == 0
    guide.delete()

    assert services.load_guides() == 0
    assert not GuidePage.objects.filter(slug__in=["itch", "scabies"]).exists()


def test_a_deleted_guide_is_brought_back_as_it_ships(client, guide):
    guide.delete()

    guides.bring_back("scabies")

    assert client.get("/guides/scabies/").status_code == 200
    assert guides.deleted() == []
    assert services.load_guides() == 0


@pytest.mark.parametrize("name", ["scabies", "nothing"])
def test_what_was_not_deleted_is_not_brought_back(guide, name):
    with pytest.raises(Refused, match=f"“{name}” was deleted"):
        guides.bring_back(name)


def test_a_deleted_guide_takes_no_address_from_another(guide):
    guide.delete()
    make_guide(slug="scabies")

    with pytest.raises(Refused, match="Another guide"):
        guides.bring_back("scabies")
    assert guides.deleted() == ["scabies"]


def test_guides_of_an_older_version_are_remembered_with_the_next_start(guide):
    ShippedGuide.objects.all().delete()

    services.load_guides()
    guide.delete()

    assert services.load_guides() == 0
    assert guides.deleted() == ["scabies"]
