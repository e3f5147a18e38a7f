import re

from django import forms
from django.template import Context, Template

from positivesocials.core.forms import LookForm, RadioCards, Switch, mistakes_of


class ReplyForm(LookForm):
    mark_required = True

    name = forms.CharField(label="Name", help_text="Any name you like.")
    place = forms.CharField(label="Place", required=False)


class MeetForm(LookForm):
    mode = forms.ChoiceField(
        label="Mode",
        choices=[("friends", "Friends"), ("dating", "Dating")],
        widget=RadioCards(hints={"friends": "People to talk to."}),
    )
    place = forms.CharField(label="Place", required=False)
    read = forms.BooleanField(label="Read signs", required=False, widget=Switch())


def draw(source: str, form: forms.Form) -> str:
    return Template(source).render(Context({"form": form}))


def test_a_field_that_must_be_filled_carries_a_star_and_the_word():
    drawn = draw("{% field form.name %}", ReplyForm())

    assert '<span aria-hidden="true">*</span>' in drawn
    assert "required" in drawn


def test_without_stars_it_is_the_optional_field_that_says_so():
    assert "(optional)" in draw("{% field form.place %}", MeetForm())
    assert "(optional)" not in draw("{% field form.place %}", ReplyForm())


def test_a_wrong_field_is_tied_to_its_hint_and_its_message():
    drawn = draw("{% field form.name %}", ReplyForm({}))

    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn


def test_what_was_typed_is_still_there():
    assert 'value="by the sea"' in draw("{{ form }}", ReplyForm({"place": "by the sea"}))


def test_the_summary_counts_takes_the_focus_and_links_to_each_field():
    drawn = draw("{% errors form %}", MeetForm({}))

    assert "One thing to look at" in drawn
    assert 'tabindex="-1" autofocus' in drawn
    assert re.search(r'href="#id_mode_0">Choose: Mode.', drawn)


def test_every_link_of_the_summary_leads_somewhere():
    form = MeetForm({})
    drawn = draw("{{ form }}", form)

    assert all(f'id="{mistake.href[1:]}"' in drawn for mistake in mistakes_of(form))


def test_choices_are_a_group_with_a_legend_and_their_hints():
    drawn = draw("{% field form.mode %}", MeetForm())

    assert "<fieldset" in drawn
    assert "<legend" in drawn
    assert "People to talk to." in drawn


def test_a_switch_is_a_checkbox_that_says_it_switches():
    assert 'type="checkbox" role="switch"' in draw("{% field form.read %}", MeetForm())


def test_djangos_own_way_of_drawing_a_field_looks_the_same():
    assert (
        str(ReplyForm()["name"].as_field_group()).strip()
        == draw("{% field form.name %}", ReplyForm()).strip()
    )
