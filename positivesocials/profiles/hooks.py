from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.moderation import registry as moderation
from positivesocials.moderation.registry import Evidence
from positivesocials.privacy import registry as privacy
from positivesocials.profiles import access, checks, photo_reads, photo_rules, photos, selectors, vouching
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Photo, Profile
from positivesocials.profiles.visibility import A_MATCH, Looker
from positivesocials.safety import registry as safety
from positivesocials.vault.pictures import BLURRED, SMALL

profiles.on_couple_end(photos.remove_all)
privacy.keeps("circles", profiles.remove_circles)


@safety.on_block
def part_partners(blocker: Account, account_ids: list[UUID]) -> None:
    profiles.end_couples_between(blocker.pk, account_ids)
    photos.take_back_between(blocker.pk, account_ids)


@safety.on_block
def withdraw_words(blocker: Account, account_ids: list[UUID]) -> None:
    vouching.withdraw_among(blocker.pk, account_ids)
    checks.free_calls_between(blocker.pk, account_ids)


def evidence_of(profile: Profile, looker: Looker | None) -> Evidence:
    """What this looker reads. Whoever reads nothing merely holds an id, and learns no name by it."""
    return Evidence(
        text=selectors.text_of(profile, looker) if looker else "",
        shown_name=selectors.name_of(profile) if looker else _("someone you met here"),
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
        return evidence_of(profile, access.looker_at(reporter, profile))

    def evidence(self, item_id: UUID) -> Evidence:
        profile = Profile.objects.with_faces().filter(pk=item_id).first()
        if profile is None:
            raise NotThere
        return evidence_of(profile, A_MATCH)

    def approve(self, item_id: UUID) -> None:
        """Profiles are never held."""

    def remove(self, item_id: UUID) -> None:
        profiles.withhold(Profile(pk=item_id))


class ReportablePhoto:
    label = gettext_lazy("Photo")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        """As this reporter sees it: blurred and without words, if it is not for them."""
        if reporter is None:
            raise NotThere
        photo = photo_rules.get_photo_for(reporter, item_id, size=BLURRED)
        profile = photo.profile
        if photo_rules.is_sharp_for(photo, photo_rules.standing_of(reporter, profile)):
            return _photo_evidence(photo, SMALL, photo.words or "")
        return _photo_evidence(photo, BLURRED, "")

    def evidence(self, item_id: UUID) -> Evidence:
        photo = photo_rules.get_photo(item_id)
        return _photo_evidence(photo, SMALL, photo.words or "")

    def approve(self, item_id: UUID) -> None:
        """Photos are never held."""

    def remove(self, item_id: UUID) -> None:
        photos.remove(photo_rules.get_photo(item_id))


def _photo_evidence(photo: Photo, size: str, words: str) -> Evidence:
    return Evidence(
        text=words,
        shown_name=selectors.name_of(photo.profile),
        url="",
        author_ids=tuple(photo.profile.account_ids),
        pictures=tuple(filter(None, [photo_reads.data_of(photo, size)])),
    )


moderation.register("profile", ReportableProfile())
moderation.register("photo", ReportablePhoto())
