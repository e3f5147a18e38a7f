import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, SITE, Until, coded, keeps, members, sealed, secret
from positivesocials.core.models import Row
from positivesocials.profiles.check_models import PersonCheck, Recusal, Selfie, Vouch
from positivesocials.profiles.choices import FITTING, MATCHES, PHOTO_AUDIENCES
from positivesocials.profiles.facets import Facets
from positivesocials.vault.fields import SealedJSON, SealedText
from positivesocials.vault.services import KeyOwner

# Found by Django here; they stand in a file of their own.
__all__ = [
    "ChangeHead",
    "CoupleLink",
    "Kind",
    "PersonCheck",
    "Persona",
    "Photo",
    "PhotoGuest",
    "Profile",
    "Recusal",
    "Selfie",
    "Vouch",
    "code_hash",
    "new_salt",
]

UNUSED = Until(
    "couple_invitations",
    "after the invitation, if nobody took it up",
    after="profiles.models.INVITATION_HOLDS",
    by="profiles.services.drop_stale_invitations",
)
DROPPED = Until("couple_invitations_dropped", "either takes it back", by="profiles.services.take_back")
CODE_USED = Until("couple_codes", "the partner uses it", by="profiles.services.accept")
PARTED = Until("couples", "the couple ends", by="profiles.services.end_couple")


INVITATION_HOLDS = timedelta(days=7)


def new_salt() -> str:
    return secrets.token_hex(8)


def code_hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


@keeps(
    sealed("name", why="the name others see"),
    coded("salt", why="draws the picture beside the name"),
    members("account", "is_alias", "made_at", why="whose name it is"),
    until=ACCOUNT,
)
class Persona(Row):
    """The name and picture of an account in one place. Two personas of an account cannot be linked."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personas")
    name = SealedText(owner="account")
    salt = models.CharField(max_length=16, default=new_salt)
    is_alias = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)


class CoupleLinkQuerySet(models.QuerySet["CoupleLink"]):
    def confirmed(self) -> "CoupleLinkQuerySet":
        return self.filter(confirmed_at__isnull=False)

    def in_force(self) -> "CoupleLinkQuerySet":
        return self.confirmed().filter(ended_at=None)

    def waiting(self) -> "CoupleLinkQuerySet":
        """Offered, perhaps accepted, and not yet confirmed by both."""
        return self.filter(confirmed_at=None, invited_at__gt=timezone.now() - INVITATION_HOLDS)

    def stale(self) -> "CoupleLinkQuerySet":
        return self.filter(confirmed_at=None, invited_at__lte=timezone.now() - INVITATION_HOLDS)

    def not_stale(self) -> "CoupleLinkQuerySet":
        return self.exclude(confirmed_at=None, invited_at__lte=timezone.now() - INVITATION_HOLDS)

    def between(self, one: UUID, other: UUID | None) -> "CoupleLinkQuerySet":
        return self.filter(models.Q(first=one, second=other) | models.Q(first=other, second=one))


@keeps(
    members("first", "second", "first_persona", "second_persona", why="who the couple is"),
    members(
        "invited_at", "accepted_at", "confirmed_at", "ended_at", "shredded_at", why="how far the couple is"
    ),
    secret("code_hash", why="knows the invitation again"),
    sealed("code", why="shows the invitation to whoever made it", until=(CODE_USED, UNUSED, ACCOUNT)),
    until=(UNUSED, DROPPED, ACCOUNT),
)
class CoupleLink(Row):
    """Two accounts as one couple. Made by an invitation, in force once both confirmed, ended by either.

    The couple's own data is sealed under the link's key, which is shredded when it ends.
    """

    first = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    first_persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")
    second_persona = models.ForeignKey(Persona, null=True, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    code = SealedText(owner="first", null=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    shredded_at = models.DateTimeField(null=True)

    objects = CoupleLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")), name="profiles_couplelink_two_accounts"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at=None)
                | models.Q(second__isnull=False, second_persona__isnull=False),
                name="profiles_couplelink_confirmed_by_two",
            ),
        ]


class Kind(models.TextChoices):
    INDIVIDUAL = "individual", _("Individual")
    COUPLE = "couple", _("Couple")


@keeps(members("only", "number", why="puts changes of profiles in line"), until=SITE)
class ChangeHead(Row):
    """How many changes of profiles there were. Updating this one row is what puts writers in line."""

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=1), name="profiles_changehead_only_one")
        ]


class ProfileQuerySet(models.QuerySet["Profile"]):
    def standing(self) -> "ProfileQuerySet":
        """Faces that exist for anybody at all: couples in force, active accounts, not taken down."""
        one = models.Q(account__is_active=True)
        two = models.Q(link__first__is_active=True, link__second__is_active=True)
        in_force = models.Q(link__confirmed_at__isnull=False, link__ended_at=None)
        return self.filter(one | two & in_force, withheld_at=None)

    def of(self, account_ids: Iterable[UUID]) -> "ProfileQuerySet":
        """Profiles that one of these accounts stands behind."""
        ids = list(account_ids)
        links = CoupleLink.objects.filter(models.Q(first__in=ids) | models.Q(second__in=ids))
        # By keys of this table alone: with an "or" over a join every profile would be read.
        return self.filter(models.Q(account__in=ids) | models.Q(link__in=links.values("pk")))

    def with_faces(self) -> "ProfileQuerySet":
        return self.select_related("persona", "link__first_persona", "link__second_persona")


@keeps(
    sealed("facets", why="what the profile says of itself, and meeting by it", until=(PARTED, ACCOUNT)),
    members("kind", "account", "persona", "link", "made_at", why="whose face it is"),
    members("facet_version", "change_number", why="tells an opened copy that it is stale"),
    members("hidden_at", "paused_at", why="the member's own choice who finds them"),
    members("incognito_at", "avoids_new_at", why="the member's own choice who finds them"),
    members("withheld_at", why="a moderator took the profile down"),
    until=ACCOUNT,
)
class Profile(Row):
    """The face others see: one account with one persona, or a couple link with two.

    `facets` holds everything a member says of themselves, sealed: see profiles/facets.py for its shape.
    Hidden is the member's choice, as is paused (absent from lists only); withheld is a moderator's. Incognito
    is found only by those it says yes to; who avoids new accounts is not found by those under 30 days old.
    `facet_version` grows with every change, so that an opened copy knows when it is stale.
    """

    kind = models.CharField(max_length=10, choices=Kind.choices)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="profile"
    )
    persona = models.ForeignKey(Persona, null=True, on_delete=models.CASCADE, related_name="+")
    link = models.OneToOneField(CoupleLink, null=True, on_delete=models.CASCADE, related_name="profile")
    facets = SealedJSON(owner="key_owner", null=True, block=2048)
    facet_version = models.PositiveIntegerField(default=1)
    hidden_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    incognito_at = models.DateTimeField(null=True)
    avoids_new_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    # Which change of any profile was the last of this one: those who keep copies ask for what came after.
    change_number = models.PositiveBigIntegerField(default=0, db_index=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="individual", account__isnull=False, persona__isnull=False, link=None)
                | models.Q(kind="couple", link__isnull=False, account=None, persona=None),
                name="profiles_profile_one_face",
            )
        ]

    @property
    def key_owner(self) -> KeyOwner:
        if self.link_id:
            return KeyOwner("profiles.CoupleLink", self.link_id)
        return KeyOwner("accounts.Account", self.account_id)  # type: ignore[arg-type]

    @property
    def personas(self) -> list[Persona]:
        """One persona, or the two of a couple. Select link__first_persona and so on beforehand."""
        if self.link is not None:
            return [p for p in (self.link.first_persona, self.link.second_persona) if p is not None]
        return [self.persona] if self.persona is not None else []

    @property
    def account_ids(self) -> list[UUID]:
        if self.link is not None:
            return [a for a in (self.link.first_id, self.link.second_id) if a is not None]
        return [self.account_id] if self.account_id else []

    @property
    def said(self) -> Facets:
        """The opened facets, read tolerantly; empty once the key is shredded."""
        return Facets.from_dict(self.facets)

    @property
    def is_couple(self) -> bool:
        return self.kind == Kind.COUPLE


MOST_PHOTOS = 6
REMOVED = Until("photos", "it is removed, or the couple ends", by="profiles.photos.remove")


@keeps(
    sealed("words", why="says what is in the picture to those who do not see it"),
    coded("sees", why="who sees it sharp"),
    members("profile", "account", "place", "width", "height", "made_at", why="shows it on its page"),
    until=(REMOVED, ACCOUNT),
)
class Photo(Row):
    """A picture on a profile. Its bytes are sealed files, under the key of the profile; see vault/files.py.

    `account` is who brought it. Without a `place` it is on its way from one to another.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="photos")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = SealedText(owner="key_owner")
    sees = models.CharField(max_length=10, choices=list(PHOTO_AUDIENCES.items()), default=MATCHES)
    place = models.PositiveSmallIntegerField(null=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "place"], name="profiles_photo_one_a_place"),
            models.CheckConstraint(
                condition=models.Q(place__lt=MOST_PHOTOS), name="profiles_photo_six_places"
            ),
        ]

    @property
    def key_owner(self) -> KeyOwner:
        return self.profile.key_owner

    @property
    def is_for_all(self) -> bool:
        return self.sees == FITTING


@keeps(
    members("profile", "viewer", "since_at", why="who sees the photos of whom"),
    until=(
        Until("photo_guests", "it is taken back, or they block", by="profiles.photos.take_back"),
        ACCOUNT,
    ),
)
class PhotoGuest(Row):
    """A profile lets another see its photos sharp, whatever is said for each."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    viewer = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "viewer"], name="profiles_photoguest_once"),
        ]
