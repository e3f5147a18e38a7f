from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import LookForm, RadioCards
from positivesocials.hosts import training


class QuizForm(LookForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in training.QUESTIONS:
            self.fields[question.key] = forms.ChoiceField(
                label=str(question.asked),
                choices=list(question.choices.items()),
                widget=RadioCards,
                error_messages={"required": _("Answer: %(question)s") % {"question": question.asked}},
            )

    def with_reasons(self, wrong: list[str]) -> list[tuple[forms.BoundField, training.Question | None]]:
        """Each question; of those that were answered wrong with what explains the right one."""
        return [
            (self[question.key], question if question.key in wrong else None)
            for question in training.QUESTIONS
        ]


class WhyForm(LookForm):
    why = forms.CharField(
        label=_("Why would you like to be a host?"),
        help_text=_("A sentence or two. Only the team reads it, and it is erased once they have decided."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
