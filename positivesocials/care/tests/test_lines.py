"""Helplines: whose are shown to whom, and what operators change about them."""

import pytest

from positivesocials.audit.models import AuditRecord, Verb
from positivesocials.care import directory, helplines, selectors, services
from positivesocials.care.crisis import Danger, Signs, signs_in
from positivesocials.care.models import HelpCountry, OwnLine
from positivesocials.care.services import ChangedMeanwhile, Said
from positivesocials.core.refusals import NotThere, Refused

pytestmark = pytest.mark.django_db
GRAVE = Signs(danger=Danger.GRAVE)
SAID = Said(country="GR", service="Klimaka", kind="crisis", phone="1018", url="https://example.org/line")
FORM = {
    "country": "GR",
    "service": "Klimaka",
    "kind": "crisis",
    "phone": "1018",
    "url": "https://example.org/l",
}
SAMARITANS = "gb-samaritans"


def shown(signs, country):
    help_shown = selectors.help_for(signs, country)
    assert help_shown
    return help_shown


def test_help_is_of_the_chosen_country_and_never_of_another():
    for country in helplines.all_countries():
        for signs in (GRAVE, Signs(violence=Danger.NOW), Signs(danger=Danger.NOW)):
            found = shown(signs, country.code)

            assert {line.country for line in found.lines} <= {country.code}
            assert {line.country for line in found.everywhere} == {"ZZ"}
            assert not any(line.phones for line in found.everywhere)


def test_without_a_country_or_a_line_there_is_the_directory():
    for country in (None, "", "XX", "EG", "ZZ", "<script>"):
        found = shown(GRAVE, country)

        assert found.lines == ()
        assert "findahelpline" in found.everywhere[0].url


def test_what_is_shown_fits_what_is_written():
    grave, violent = shown(GRAVE, "GB"), shown(Signs(violence=Danger.GRAVE), "GB")
    now = shown(Signs(danger=Danger.NOW), "GB")

    assert "Samaritans" in {line.service for line in grave.lines}
    assert {line.kind for line in violent.lines} == {"partner_violence"}
    assert {line.kind for line in grave.everywhere} == {"directory"}
    assert {line.kind for line in violent.everywhere} == {"directory", "image_abuse"}
    assert now.lines[0].kind == "emergency"
    assert selectors.help_for(signs_in("Good morning"), "GB") is None


def test_every_shipped_line_has_a_key_of_its_own_and_unchecked_ones_say_so():
    with helplines.FILE.open(encoding="utf-8") as file:
        rows = len(file.readlines()) - 1

    assert len(helplines.shipped()) == rows
    assert not helplines.shipped()[SAMARITANS].is_checked
    assert helplines.shipped()["us-988-suicide-crisis-lifeline"].is_checked


def test_an_operator_adds_changes_checks_and_withdraws_on_record(olu):
    row = services.add_line(olu, SAID, is_checked=False)
    services.check_line(olu, row.key, version=1)
    assert directory.every_line()[row.key].is_checked
    services.change_line(olu, SAMARITANS, SAID, version=0, is_checked=False)
    services.withdraw_line(olu, row.key, version=2)

    assert [line.key for line in directory.lines_of("GR")] == ["gr-emergency-services", SAMARITANS]
    verbs = AuditRecord.objects.order_by("number").values_list("verb", flat=True)
    assert list(verbs) == [Verb.ADD_LINE, Verb.CHECK_LINE, Verb.CHANGE_LINE, Verb.WITHDRAW_LINE]


def test_another_number_has_to_be_checked_anew(olu):
    row = services.add_line(olu, SAID, is_checked=True)
    assert (row.checked_on, row.checked_by_id) != (None, None)

    services.change_line(olu, row.key, SAID, version=1, is_checked=False)

    assert not directory.every_line()[row.key].is_checked


def test_a_shipped_line_that_was_withdrawn_stays_away_and_can_come_back(olu):
    services.withdraw_line(olu, SAMARITANS, version=0)
    assert SAMARITANS not in {line.key for line in directory.lines_of("GB")}

    services.change_line(olu, SAMARITANS, SAID, version=1, is_checked=True)

    assert SAMARITANS in {line.key for line in directory.lines_of("GR")}


def test_nobody_overwrites_a_change_unread(olu):
    services.check_line(olu, SAMARITANS, version=0)

    with pytest.raises(ChangedMeanwhile):
        services.withdraw_line(olu, SAMARITANS, version=0)
    assert not OwnLine.objects.get().is_withdrawn


def test_only_operators_touch_a_line(mo, edda, ada):
    for person in (mo, edda, ada):
        with pytest.raises(NotThere):
            services.add_line(person, SAID, is_checked=True)
        with pytest.raises(NotThere):
            services.withdraw_line(person, SAMARITANS, version=0)


@pytest.mark.parametrize(
    "wrong", [{"country": "XX"}, {"kind": "taxi"}, {"url": "http://a.example"}, {"service": "\u200b"}]
)
def test_a_line_that_cannot_be_shown_is_refused(olu, wrong):
    with pytest.raises(Refused):
        services.add_line(olu, Said(**{**SAID.__dict__, **wrong}), is_checked=False)


def test_the_pages_of_the_operator(signed_in, olu):
    browser = signed_in(olu)
    assert "Samaritans" in browser.get("/helplines/").text
    assert browser.post("/helplines/add/", {**FORM, "country": ""}).status_code == 422
    assert browser.post("/helplines/add/", {**FORM, "is_checked": "on"}).status_code == 302
    key = OwnLine.objects.get().key
    assert 'value="Klimaka"' in browser.get(f"/helplines/{key}/").text
    assert browser.post(f"/helplines/{key}/", {**FORM, "phone": "1019", "version": 7}).status_code == 409
    assert browser.post(f"/helplines/{key}/", {**FORM, "phone": "1019", "version": 1}).status_code == 302
    assert browser.post(f"/helplines/{key}/check/", {"version": 2}).status_code == 302
    assert "Withdraw this line?" in browser.get(f"/helplines/{key}/withdraw/").text
    assert browser.post(f"/helplines/{key}/withdraw/", {"version": 3}).status_code == 302

    assert OwnLine.objects.get().is_withdrawn
    assert browser.get("/helplines/nobody/").status_code == 404


def test_a_number_with_markup_is_shown_as_text(client, olu):
    services.add_line(olu, Said(**{**SAID.__dict__, "service": "<b>x</b>"}), is_checked=False)

    assert "<b>x</b>" not in client.get("/help-now/", {"country": "GR"}).text


def test_a_member_keeps_a_country_sealed_and_forgets_it(signed_in, ada, client):
    browser = signed_in(ada)
    browser.post("/help-now/country/", {"country": "GB"})
    browser.post("/help-now/country/", {"country": "DE"})

    assert selectors.country_of(ada) == "DE"
    assert b"DE" not in bytes(HelpCountry.objects.get().__dict__["country"] or b"")[:2]
    assert "Remember my country" in browser.get("/help-now/").text
    assert "TelefonSeelsorge" in browser.get("/help-now/").text
    assert "Samaritans" in browser.get("/help-now/", {"country": "GB"}).text

    browser.post("/help-now/country/", {"country": ""})
    assert not HelpCountry.objects.exists()
    assert browser.post("/help-now/country/", {"country": "XX"}).status_code == 422
