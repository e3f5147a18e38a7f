"""Guides at the desk: what keeps one from being published, medical review, and two editors on one page."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from positivesocials.articles import guides, publishing, services
from positivesocials.articles.models import GuidePage
from positivesocials.articles.publishing import Draft
from positivesocials.articles.tests.factories import in_blocks, make_guide, make_news
from positivesocials.audit.models import AuditRecord
from positivesocials.claims.changing import tell_every_process
from positivesocials.claims.loading import load_claims
from positivesocials.claims.models import Claim
from positivesocials.core.refusals import Refused

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def facts(db):
    load_claims()


@pytest.fixture
def guide(facts):
    return make_guide(
        text="## In short\n\nAfter {{hiv.testing.1}}.[^who_uu_2023]", kind="condition", about="hiv"
    )


@pytest.fixture
def desk(edda, signed_in):
    return signed_in(edda)


def form_of(desk, page):
    """What the edit form holds, as a browser would send it."""
    response = desk.get(f"/desk/pages/{page.pk}/edit/")
    bound = response.context["form"]
    data = {field.html_name: field.value() for field in bound} | {"sources-count": "0"}
    if "text" in data:
        data |= in_blocks(bound.initial["text"])
    if "body" in bound.fields:
        data["body"] = bound.fields["body"].widget.format_value(data["body"])
    page.refresh_from_db()
    data["loaded_revision_id"] = str(page.latest_revision_id)
    data["loaded_revision_created_at"] = response.context["loaded_revision_created_at"] or ""
    return {name: value for name, value in data.items() if value is not None}


def save(desk, page, form, **changes):
    if "text" in changes:
        changes |= in_blocks(changes.pop("text"))
    return desk.post(f"/desk/pages/{page.pk}/edit/", {**form, **changes})


def publish(desk, page, **changes):
    return save(desk, page, form_of(desk, page), **{"action-publish": "1", **changes})


def expire(key):
    change(Claim.objects.filter(key=key), expires_on=YESTERDAY)


def change(claims, **values):
    claims.update(**values)
    tell_every_process()


def test_a_guide_with_all_it_needs_is_published(guide, desk, client):
    response = publish(desk, guide, title="New words")

    assert response.status_code == 302
    assert "New words" in client.get(guide.path_here).content.decode()


def test_an_expired_claim_blocks_publishing_and_every_word_stays_in_the_form(guide, desk, client):
    expire("hiv.testing.1")

    page = publish(desk, guide, title="New words").content.decode()

    assert "The claim “hiv.testing.1” has expired" in page
    assert "New words" in page
    assert "New words" not in client.get(guide.path_here).content.decode()


def test_a_draft_is_saved_whatever_is_missing(guide, desk):
    expire("hiv.testing.1")

    assert save(desk, guide, form_of(desk, guide), title="A draft").status_code == 302


def test_an_overdue_review_is_told_to_readers_where_the_published_text_has_it(guide, desk, client, edda):
    def told() -> tuple[bool, bool]:
        seen = desk.get(f"/desk/pages/{guide.pk}/edit/").content.decode()
        page = client.get(f"{guide.path_here}?now=1")
        return "Readers are told so" in seen, "has passed" in page.content.decode()

    guide.review_due_on = YESTERDAY
    guide.save_revision(user=edda)
    assert told() == (False, False)

    GuidePage.objects.filter(pk=guide.pk).update(review_due_on=YESTERDAY)
    guide.review_due_on = date(2099, 1, 1)
    guide.save_revision(user=edda)
    assert told() == (True, True)

    GuidePage.objects.filter(pk=guide.pk).update(live=False)
    assert told() == (False, False)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "{{hiv.nothing}}"}, "no claim named “hiv.nothing”"),
        ({"text": "A.[^nobody]"}, "no source named “nobody”"),
        ({"text": "{{table weather hiv}}"}, "“table weather hiv” is no block"),
        ({"text": "{{odd words}}"}, "“odd words” in braces means nothing"),
        ({"subjects": []}, "which condition it is about"),
        ({"review_due_on": YESTERDAY}, "Its review is overdue"),
    ],
)
def test_what_keeps_a_guide_from_being_published_is_said(facts, change, reason):
    draft = Draft("A.", "condition", ["hiv"], date(2099, 1, 1))

    assert any(reason in said for said in publishing.reasons_against(replace(draft, **change)))
    assert publishing.reasons_against(draft) == []


def test_a_claim_without_a_source_blocks_publishing(facts):
    claim = Claim.objects.get(key="hiv.testing.1")
    type(claim.source).objects.filter(pk=claim.source_id).update(publisher="", url="")

    reasons = publishing.reasons_against(Draft("{{hiv.testing.1}}", "sexual-health", [], date(2099, 1, 1)))

    assert reasons == ["The claim “hiv.testing.1” names no source."]


def test_nothing_publishes_what_may_not_be_published(guide, edda):
    expire("hiv.testing.1")
    revision = guide.save_revision(user=edda)

    with pytest.raises(Refused, match="has expired"):
        revision.publish(user=edda)


def test_a_scheduled_guide_that_may_not_come_out_waits_and_holds_up_nobody_else(guide, edda, client):
    due = timezone.now() - timedelta(minutes=1)
    other = make_news()
    for page in (guide, other):
        page.unpublish()
        page.go_live_at = due
        page.save_revision(user=edda, approved_go_live_at=due)
    expire("hiv.testing.1")

    services.publish_what_is_due()

    assert client.get(other.path_here).status_code == 200
    assert client.get(guide.path_here).status_code == 404
    assert guide.revisions.get().approved_go_live_at > timezone.now()


def test_a_guide_leaves_with_its_facts_and_comes_back_with_them(guide, client):
    on_hiv = Claim.objects.filter(subject="hiv", state="confirmed", topic__in=publishing.NEEDED)
    keys = list(on_hiv.values_list("key", flat=True))
    change(on_hiv, expires_on=YESTERDAY)
    guides.settle_guides()
    guide.refresh_from_db()
    assert (guide.live, guide.is_held) == (False, True)
    assert client.get(guide.path_here).status_code == 404

    change(Claim.objects.filter(key__in=keys), expires_on=date(2099, 1, 1))
    guides.settle_guides()
    guide.refresh_from_db()
    assert (guide.live, guide.is_held) == (True, False)


def test_a_shipped_guide_without_ground_waits_and_the_desk_says_why(facts, desk, client):
    change(Claim.objects.filter(subject="hiv"), expires_on=YESTERDAY)

    services.load_guides()

    guide = GuidePage.objects.get(slug="hiv")
    assert (guide.live, guide.is_held) == (False, True)
    assert client.get(guide.path_here).status_code == 404
    assert "Nothing on testing or treatment is confirmed for HIV" in desk.get("/desk/").content.decode()
    page = desk.get(f"/desk/pages/{guide.pk}/edit/").content.decode()
    assert "Nothing on testing or treatment is confirmed for HIV" in page


def test_the_desk_lists_what_a_guide_names_with_its_state(guide, desk):
    change(Claim.objects.filter(key="hiv.testing.1"), state="withdrawn")

    page = desk.get(f"/desk/pages/{guide.pk}/edit/").content.decode()

    assert ">hiv.testing.1</a></code>" in page
    assert "Its line is left out." in page
    assert "<code>who_uu_2023</code>" in page


def test_the_form_of_a_page_has_no_field_for_its_review(guide, desk):
    form = form_of(desk, guide)
    assert not {"reviewer", "reviewed_on", "reviewed_text"} & form.keys()

    publish(desk, guide, reviewer="Nobody", reviewed_on="2026-01-01")

    guide.refresh_from_db()
    assert guide.reviewer == ""


def sign(desk, guide, **changes):
    """Open the page of the review, and send it."""
    page = desk.get(f"/desk/guides/{guide.pk}/review/")
    read = page.context["form"]["read"].value() if page.status_code == 200 else ""
    said = {"name": "Rosa Okon", "training": "nurse", "review_due_on": "2099-01-01", "is_read": "on"}
    return desk.post(f"/desk/guides/{guide.pk}/review/", {**said, "read": read, **changes})


def test_whoever_reviewed_a_guide_says_so_by_name_and_it_is_on_record(guide, desk, edda, client):
    response = sign(desk, guide)

    assert response.status_code == 302
    page = client.get(guide.path_here).content.decode()
    assert "Rosa Okon, nurse" in page
    assert "Not yet medically reviewed" not in page
    assert AuditRecord.objects.get(verb="review-guide").actor_id == edda.pk


@pytest.mark.parametrize("missing", ["name", "training", "is_read", "read"])
def test_a_review_without_a_name_a_training_or_a_reading_is_none(guide, desk, missing):
    response = sign(desk, guide, **{missing: ""})

    assert response.status_code == 422
    assert not AuditRecord.objects.exists()


def test_a_review_holds_for_the_text_it_was_said_of(guide, desk, client):
    sign(desk, guide)
    publish(desk, GuidePage.objects.get(pk=guide.pk), text="## In short\n\nOther words.")

    page = client.get(guide.path_here).content.decode()

    assert "This text has changed since Rosa Okon, nurse reviewed it" in page
    assert "Not yet medically reviewed" in client.get("/guides/").content.decode()


@pytest.mark.parametrize("changed", ["title", "summary"])
def test_a_review_holds_for_the_words_above_the_text_too(guide, desk, client, changed):
    sign(desk, guide)
    publish(desk, GuidePage.objects.get(pk=guide.pk), **{changed: "Other words."})

    assert "This text has changed since" in client.get(guide.path_here).content.decode()


def test_nobody_signs_words_that_somebody_changed_meanwhile(guide, desk):
    read = guide.get_latest_revision_as_object().text_hash
    publish(desk, guide, text="## In short\n\nOther words.")

    response = sign(desk, guide, read=read)

    assert response.status_code == 409
    assert "Somebody has changed this guide" in response.content.decode()
    assert not AuditRecord.objects.filter(verb="review-guide").exists()


def test_a_review_of_a_draft_comes_out_with_the_draft(guide, desk, client):
    save(desk, guide, form_of(desk, guide), text="## In short\n\nA draft.")
    sign(desk, guide)
    assert "Rosa Okon" not in client.get(guide.path_here).content.decode()

    publish(desk, GuidePage.objects.get(pk=guide.pk))

    assert "Rosa Okon" in client.get(guide.path_here).content.decode()


def test_only_editors_review(guide, ada, mo, signed_in):
    for account in (ada, mo):
        assert sign(signed_in(account), guide).status_code == 404


@pytest.mark.parametrize("make", [make_guide, make_news])
def test_of_two_editors_the_later_is_told_and_no_word_is_lost(make, facts, edda, olu, signed_in):
    page, first, second = make(), signed_in(edda), signed_in(olu)
    forms = [form_of(first, page), form_of(second, page)]
    assert save(first, page, forms[0], title="Of the first").status_code == 302

    refused = save(second, page, forms[1], title="Of the second")

    said = refused.content.decode()
    assert "saved this page while you were writing" in said
    assert "Of the second" in said
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Of the first"
    again = refused.context["loaded_revision_created_at"]
    form = {
        **forms[1],
        "loaded_revision_id": str(page.latest_revision_id),
        "loaded_revision_created_at": again,
    }
    assert save(second, page, form, title="Of the second").status_code == 302
    titles = [revision.as_object().title for revision in page.revisions.order_by("pk")]
    assert titles[-2:] == ["Of the first", "Of the second"]


def test_an_editor_who_saves_twice_is_not_told_of_themselves(guide, desk):
    for title in ("Once", "Twice"):
        assert save(desk, guide, form_of(desk, guide), title=title).status_code == 302
