from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from positivesocials.core.forms import Chips, LookForm, RadioCards
from positivesocials.notifications import registry
from positivesocials.notifications.choices import (
    AT_ONCE,
    DEVICES,
    HERE,
    MAIL,
    NEVER,
    WAYS,
    WEEKLY,
    Choice,
    zones,
)

HOURS = [f"{hour:02}:00" for hour in range(24)]
CLOCK = [(hour, hour) for hour in HOURS]
LABELS = {HERE: _("Here"), DEVICES: _("On my devices"), MAIL: _("By mail")}
OFTEN = [(NEVER, _("Never")), (WEEKLY, _("Once a week")), (AT_ONCE, _("At once"))]
HINTS = {
    NEVER: _("Only what concerns your account itself."),
    WEEKLY: _("On Monday morning, if there is something new."),
    AT_ONCE: _("After five minutes, so that several things are one mail."),
}
PREFIX = "way-"


def kinds() -> list[registry.Kind]:
    """Those that can be switched off."""
    return [kind for kind in registry.kinds() if not kind.is_security]


class ChoiceForm(LookForm):
    """By which ways each kind is told, how often by mail, and when not at all."""

    mark_required = True

    mail = forms.ChoiceField(label=_("Mails"), choices=OFTEN, widget=RadioCards(hints=HINTS))
    quiet_from = forms.ChoiceField(label=_("Quiet from"), choices=CLOCK)
    quiet_to = forms.ChoiceField(
        label=_("Quiet until"), choices=CLOCK, help_text=_("The same hour twice: no quiet hours.")
    )
    zone = forms.ChoiceField(label=_("Your time zone"))

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(choice), **kwargs)
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones()]  # type: ignore[attr-defined]
        for kind in kinds():
            self.fields[PREFIX + kind.slug] = forms.MultipleChoiceField(
                label=str(kind.label),
                choices=[(way, LABELS[way]) for way in WAYS],
                widget=Chips,
                required=False,
            )

    @property
    def ways(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def choice(self) -> Choice:
        typed = self.cleaned_data
        return Choice(
            off={
                kind.slug: [way for way in WAYS if way not in typed[PREFIX + kind.slug]] for kind in kinds()
            },
            mail=typed["mail"],
            quiet_from=HOURS.index(typed["quiet_from"]),
            quiet_to=HOURS.index(typed["quiet_to"]),
            zone=typed["zone"],
            language=get_language() or "",
        )


class DeviceForm(LookForm):
    """What a browser says of itself: where it can be told, and its own keys."""

    endpoint = forms.CharField(max_length=1000)
    point = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)


def _initial(choice: Choice) -> dict[str, Any]:
    hours = {"quiet_from": HOURS[choice.quiet_from], "quiet_to": HOURS[choice.quiet_to]}
    ways = {PREFIX + kind.slug: choice.ways_for(kind.slug) for kind in kinds()}
    return {"mail": choice.mail, "zone": choice.zone, **hours, **ways}
