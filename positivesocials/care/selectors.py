"""Helplines as this site shows them, and what is said to somebody before and after they post."""

import re
from dataclasses import dataclass

from positivesocials.accounts.models import Account
from positivesocials.care import directory, helplines
from positivesocials.care.crisis import Danger, Signs, signs_in
from positivesocials.care.helplines import Country, Helpline
from positivesocials.care.models import HelpCountry
from positivesocials.care.noticing import Finding, Kind, findings_in

ASKED = 428  # Precondition Required: the answer "Post it anyway".
MOST_LINES = 4
MOST_SHOWN, LONGEST_SHOWN = 3, 80
IN_DANGER = {"crisis", "lgbtq_youth_crisis", "trans_peer_support", "youth"}
IN_VIOLENCE = {"partner_violence", "sexual_assault"}


@dataclass(frozen=True)
class HelpShown:
    """Whom to call, for these signs. `lines` are of the chosen country, and never of another one."""

    signs: Signs
    country: Country | None
    lines: tuple[Helpline, ...]
    everywhere: tuple[Helpline, ...]

    @property
    def is_now(self) -> bool:
        return self.signs.is_now

    @property
    def is_heavy(self) -> bool:
        """Heavy thoughts and nothing graver: a word that help is there is enough."""
        return self.signs.danger == Danger.HEAVY and not self.signs.violence


@dataclass(frozen=True)
class Look:
    """What a text gives away, and the help it calls for. It lasts as long as the page is made."""

    text: str
    findings: tuple[Finding, ...]
    help: HelpShown | None

    @property
    def noticed(self) -> dict[Kind, list[str]]:
        """The words that were found, by what they are."""
        said: dict[Kind, list[str]] = {}
        for one in self.findings:
            said.setdefault(one.kind, []).append(self.text[one.start : one.end].strip()[:LONGEST_SHOWN])
        return {kind: list(dict.fromkeys(words))[:MOST_SHOWN] for kind, words in said.items()}

    def must_ask(self, *, is_sure: bool) -> bool:
        """Whether the writer is asked once more. Help is shown, and is no reason to ask."""
        return bool(self.findings) and not is_sure


def look_over(text: str, *, has_picture: bool = False, country: str | None = None) -> Look:
    """Looks through a text before it is posted. Nothing of it is kept, logged or sent anywhere."""
    found = tuple(findings_in(text, has_picture=has_picture))
    if found:
        known = directory.contacts()
        found = tuple(one for one in found if not _is_known(text[one.start : one.end], known))
    return Look(text, found, help_for(signs_in(text), country))


def help_for(signs: Signs, country: str | None) -> HelpShown | None:
    """None where nothing calls for help."""
    if not signs:
        return None
    chosen = helplines.country(country or "")
    of_country = (
        [line for line in directory.lines_of(chosen.code) if line.kind in _kinds_for(signs)] if chosen else []
    )
    return HelpShown(signs, chosen, tuple(of_country[:MOST_LINES]), tuple(_everywhere(signs)))


def _everywhere(signs: Signs) -> list[Helpline]:
    kinds = {"directory", "image_abuse"} if signs.violence else {"directory"}
    return [line for line in directory.everywhere() if line.kind in kinds]


def _kinds_for(signs: Signs) -> set[str]:
    kinds = {"emergency"} if signs.is_now else set()
    if signs.danger:
        kinds |= IN_DANGER
    if signs.violence:
        kinds |= IN_VIOLENCE
    return kinds


def country_of(account: Account | None) -> str | None:
    """The country whose lines this account chose to be shown; None if it chose none."""
    row = HelpCountry.objects.filter(account=account).first() if account else None
    return row.country if row else None


def _is_known(written: str, known: set[str]) -> bool:
    return re.sub(r"\D", "", written) in known or written.casefold() in known
