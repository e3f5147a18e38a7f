from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.forms import AddressField
from positivesocials.core.forms import CheckCards, LookForm
from positivesocials.newsletter.models import Issue, Topic


class LetterForm(LookForm):
    """The address may open an account later, so it is judged as strictly: no two mailboxes look like one."""

    address = AddressField(
        label=_("Your e-mail"),
        error_messages={"invalid": _("That is not a whole address yet. An example: name@example.org")},
    )


class TopicsForm(LookForm):
    """What a reader gets. Nothing ticked is allowed: letters to everybody still come."""

    topics = forms.ModelMultipleChoiceField(
        label=_("What the letter may be about"),
        queryset=Topic.objects.filter(is_open=True),
        widget=CheckCards,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["topics"]
        field.label_from_instance = attrgetter("name")


class WordsForm(LookForm):
    subject = forms.CharField(
        label=_("Subject"),
        max_length=100,
        help_text=_("Neutral words: others may see it on a locked screen."),
    )
    intro = forms.CharField(
        label=_("Your words"),
        max_length=10_000,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Markdown. They stand above the articles."),
    )
    topic = forms.ModelChoiceField(
        label=_("About"),
        queryset=Topic.objects.all(),
        required=False,
        empty_label=_("Everybody gets it"),
        help_text=_("Readers who left this topic out do not get the letter."),
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        kept = {"subject": issue.subject, "intro": issue.intro, "topic": issue.topic_id}
        super().__init__(*args, initial={**kept, "seen_at": issue.changed_at.isoformat()}, **kwargs)
        field: Any = self.fields["topic"]
        # One that was closed stays where it was chosen.
        field.queryset = Topic.objects.filter(Q(is_open=True) | Q(pk=issue.topic_id))
        field.label_from_instance = attrgetter("name")


class TryForm(LookForm):
    address = AddressField(
        label=_("Address for the test"),
        error_messages={"invalid": _("That is not a whole address yet. An example: name@example.org")},
    )


class SeenForm(LookForm):
    """When the letter was changed last before the editor looked at it."""

    seen_at = forms.DateTimeField(required=False)


class ScheduleForm(LookForm):
    at = forms.DateTimeField(
        label=_("Send it on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In UTC, as in 2027-01-31 09:00."),
    )


class TopicForm(LookForm):
    name = forms.CharField(label=_("A new topic"), max_length=60)
