from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.moderation import registry as moderation
from positivesocials.moderation.registry import Evidence
from positivesocials.privacy import registry as privacy
from positivesocials.profiles import access, photos, selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import registry as safety

profiles.on_couple_end(photos.remove_all)
privacy.keeps("circles", profiles.remove_circles)


@safety.on_block
def part_partners(blocker: Account, account_ids: list[UUID]) -> None:
    profiles.end_couples_between(blocker.pk, account_ids)
    photos.take_back_between(blocker.pk, account_ids)


EVERY_MODE = ("friends", "dating")


def evidence_of(profile: Profile, modes: Collection[str]) -> Evidence:
    """What is read in these modes. Whoever reads it in none merely holds an id, and learns no name by it."""
    return Evidence(
        text=selectors.text_of(profile, modes) if modes else "",
        shown_name=selectors.name_of(profile) if modes else _("someone you met here"),
        # No address: its page is for those who fit, and a moderator sees what was reported.
        url="",
        author_ids=tuple(profile.account_ids),
    )


class ReportableProfile:
    label = gettext_lazy("Profile")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        if reporter is None:
            raise NotThere
        profile = access.get_profile_for(reporter, item_id)
        return evidence_of(profile, access.modes_shown(reporter, profile))

    def evidence(self, item_id: UUID) -> Evidence:
        profile = Profile.objects.with_faces().filter(pk=item_id).first()
        if profile is None:
            raise NotThere
        return evidence_of(profile, EVERY_MODE)

    def approve(self, item_id: UUID) -> None:
        """Profiles are never held."""

    def remove(self, item_id: UUID) -> None:
        profiles.withhold(Profile(pk=item_id))


moderation.register("profile", ReportableProfile())
