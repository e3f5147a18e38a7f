from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, Until, coded, keeps, members, sealed, secret
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText

SIGN_UP = Until(
    "pending_sign_up",
    "after it was asked for, or once it is used",
    after=".KEEP",
    by="accounts.services.forget_ended_links",
    what=_("A sign-up that was not confirmed"),
)
RESET = replace(SIGN_UP, name="password_reset", what=_("A link to a new password"))
MOVE = replace(SIGN_UP, name="address_change", what=_("A link to another address"))
PROVEN = replace(SIGN_UP, name="proven_address", what="")
OWN_DEVICE = Until(
    "session_own_device",
    "without use on one's own device",
    after="settings.SESSION_COOKIE_AGE",
    by="accounts.services.clear_ended_sessions",
    what=_("A log-in on one's own device, unused"),
)
SHARED_DEVICE = replace(
    OWN_DEVICE,
    name="session_shared_device",
    words="without use on a shared device",
    after="settings.SHARED_DEVICE_SECONDS",
    what=_("A log-in on a shared device, unused"),
)
LOGGED_OUT = Until("session", "the session is ended", by="accounts.services.end_session")
# A mailed link is the same in every table of them.
MAILED = (
    secret("handle", why="finds the account of the address, if there is one"),
    secret("token_hash", why="knows the link again"),
    sealed("address", why="where the link was mailed to"),
    members("expires_at", "used_at", why="the link works once, and for a while"),
)


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    OPERATOR = "operator", _("Operator")


@keeps(
    secret("handle", why="finds the account at log-in"),
    secret("password", why="proves at log-in who it is"),
    sealed("address", why="where mail goes to"),
    members("role", "is_superuser", "groups", "user_permissions", why="what the account may do for the site"),
    members("is_active", "is_demo", why="whether the account may be used, and by whom"),
    members("over_18_at", why="shows that being of age was shown, and when"),
    coded("over_18_by", why="shows how being of age was shown"),
    members("joined_on", "seen_on", why="counts members who were here lately"),
    members("last_login", why="written by Django at each log-in; nothing here reads it"),
    until=ACCOUNT,
)
class Account(AbstractBaseUser, PermissionsMixin, Row):
    """What signs in: one human. Found by `handle`, the blind index of the address; the address is sealed."""

    handle = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - many have none.
    address = SealedText(owner="self", null=True)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    over_18_at = models.DateTimeField(null=True)
    over_18_by = models.CharField(max_length=40, default="declaration")
    joined_on = models.DateField(default=timezone.localdate)
    seen_on = models.DateField(null=True)

    # Of the account behind a request, as its session showed itself; never stored.
    is_asleep = False
    has_proved = False

    USERNAME_FIELD = "handle"
    _namers: ClassVar[list[Callable[["Account"], str]]] = []
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    @classmethod
    def named_by(cls, namer: Callable[["Account"], str]) -> None:
        """Let a context above say what staff pages call an account."""
        cls._namers.append(namer)

    def __str__(self) -> str:
        """Wagtail asks for it. Not the handle: who joined by passkey has none, and nobody may see one."""
        return str(self.pk)

    def get_full_name(self) -> str:
        """What the desk shows of whoever wrote there: never the handle, which is an index of the address."""
        names = (name for namer in self._namers if (name := namer(self)))
        return next(names, str(self.get_role_display()))

    @property
    def first_name(self) -> str:
        return self.get_full_name()

    def holds(self, role: str) -> bool:
        """Whether the account was given this role; an operator holds every one."""
        return self.role in {role, Role.OPERATOR}

    def acts_as(self, role: str) -> bool:
        """Whether it may use the role now: staff who showed no passkey are members like any other."""
        return self.holds(role) and not self.is_asleep

    @property
    def is_moderator(self) -> bool:
        return self.acts_as(Role.MODERATOR)

    @property
    def is_editor(self) -> bool:
        return self.acts_as(Role.EDITOR)

    @property
    def is_operator(self) -> bool:
        return self.acts_as(Role.OPERATOR)

    @property
    def is_staff(self) -> bool:
        return self.role != Role.MEMBER and not self.is_asleep


class Device(models.TextChoices):
    SHARED = "shared", _("Shared, or not sure")
    OWN = "own", _("My own")


@keeps(
    secret("key_hash", why="knows the cookie again"),
    sealed("data", why="what a log-in needs from page to page"),
    members(
        "account", "device", "started_at", "seen_at", "expires_at", why="members list and end their devices"
    ),
    until=(LOGGED_OUT, OWN_DEVICE, SHARED_DEVICE, ACCOUNT),
)
class Session(Row):
    """One sign-in on one device. The cookie's key is stored hashed; the data is sealed under that key."""

    key_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=6, choices=Device.choices, default=Device.SHARED)
    data = models.BinaryField()
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now=True)
    expires_at = models.DateTimeField(db_index=True)


class MailedLink(Row):
    """A link that was mailed and waits for its reader. The token is stored hashed."""

    KEEP = timedelta(hours=24)

    handle = models.CharField(max_length=64, db_index=True)
    token_hash = models.CharField(max_length=64, unique=True)
    address = SealedText(owner="self")
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Purpose(models.TextChoices):
    """What brings somebody here today: asked first, carried along, forgotten once answered."""

    READ = "read", _("Read")
    TALK = "talk", _("Talk with others")
    MEET = "meet", _("Meet people")
    BESIDE = "beside", _("I am a partner or friend")
    LOOKING = "looking", _("Just looking")


@keeps(
    *MAILED,
    sealed("password_hash", why="becomes the account's once the mailbox is proven"),
    sealed("purpose", why="leads to what brought the person here"),
    coded("terms_version", why="which terms were accepted"),
    coded("over_18_by", why="shows how being of age was shown"),
    members("declared_at", why="when being of age was declared"),
    until=SIGN_UP,
)
class PendingSignUp(MailedLink):
    """Written for every sign-up, known address or not; the account is made when the link is confirmed."""

    password_hash = SealedText(owner="self")
    purpose = SealedText(owner="self", null=True)
    terms_version = models.CharField(max_length=10)
    over_18_by = models.CharField(max_length=40)
    declared_at = models.DateTimeField(auto_now_add=True)


@keeps(*MAILED, members("from_console", why="lets staff make their first passkey"), until=RESET)
class PasswordReset(MailedLink):
    """Written for every reset request, known address or not; or by the console, for staff."""

    from_console = models.BooleanField(default=False)


@keeps(*MAILED, members("account", why="whose address changes"), until=(MOVE, ACCOUNT))
class AddressChange(MailedLink):
    """An address that an account asked to move to; its mailbox has to be proven first."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="address_changes")


@keeps(*MAILED, until=PROVEN)
class ProvenAddress(MailedLink):
    """An address whose mailbox has just been proven elsewhere on this site: joining needs no second mail."""

    KEEP = timedelta(minutes=30)


@keeps(
    sealed("credential", "name", why="logs its owner in, and lets them tell their passkeys apart"),
    secret("credential_hash", why="finds the passkey that a device shows"),
    members("account", "made_at", "used_at", "sign_count", why="whose it is; a copied one is noticed"),
    until=(Until("passkeys", "its owner removes it", by="accounts.passkeys.remove"), ACCOUNT),
)
class Passkey(Row):
    """The public half of a key pair; the private half never leaves its owner's device.

    `credential` is WebAuthn's attested credential data (section 6.5.1) in base64.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    credential_hash = models.CharField(max_length=64, unique=True)
    credential = SealedText(owner="account")
    name = SealedText(owner="account")
    sign_count = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)


@keeps(
    sealed("secret", why="tells which code the app shows now"),
    members("account", "made_at", "last_step", why="whose it is; no code counts twice"),
    until=(Until("code_apps", "its owner removes it", by="accounts.codes.remove_app"), ACCOUNT),
)
class CodeApp(Row):
    """An app that shows a new code every half minute (TOTP, RFC 6238), asked for after the password."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="code_app")
    secret = SealedText(owner="account")
    # The half minute of the last code that was let in: none counts twice.
    last_step = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)


@keeps(
    secret("code_hash", why="knows the code again"),
    members("account", why="whom it lets in"),
    until=(Until("recovery_codes", "it is used or replaced", by="accounts.codes.use_recovery_code"), ACCOUNT),
)
class RecoveryCode(Row):
    """Lets its holder in once when all else is lost. 140 random bits, stored hashed, gone when used."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
