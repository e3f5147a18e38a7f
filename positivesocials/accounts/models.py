from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    OPERATOR = "operator", _("Operator")


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


class PendingSignUp(MailedLink):
    """Written for every sign-up, known address or not; the account is made when the link is confirmed."""

    password_hash = SealedText(owner="self")
    purpose = SealedText(owner="self", null=True)
    terms_version = models.CharField(max_length=10)
    over_18_by = models.CharField(max_length=40)
    declared_at = models.DateTimeField(auto_now_add=True)


class PasswordReset(MailedLink):
    """Written for every reset request, known address or not; or by the console, for staff."""

    from_console = models.BooleanField(default=False)


class AddressChange(MailedLink):
    """An address that an account asked to move to; its mailbox has to be proven first."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="address_changes")


class ProvenAddress(MailedLink):
    """An address whose mailbox has just been proven elsewhere on this site: joining needs no second mail."""

    KEEP = timedelta(minutes=30)


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


class CodeApp(Row):
    """An app that shows a new code every half minute (TOTP, RFC 6238), asked for after the password."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="code_app")
    secret = SealedText(owner="account")
    # The half minute of the last code that was let in: none counts twice.
    last_step = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(auto_now_add=True)


class RecoveryCode(Row):
    """Lets its holder in once when all else is lost. 120 random bits, stored hashed, gone when used."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64, unique=True)
