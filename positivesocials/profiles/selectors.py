from positivesocials.accounts.models import Account
from positivesocials.profiles.models import Profile
from positivesocials.vault import fields as vault_fields


def warm(profiles: list[Profile]) -> list[Profile]:
    """Fetch the keys of these profiles and of the names on them in one query."""
    personas = [persona for profile in profiles for persona in profile.personas]
    vault_fields.warm(profiles, personas)
    return profiles


def profile_of(account: Account) -> Profile | None:
    """The individual profile of an account."""
    return Profile.objects.with_faces().filter(account=account).first()


def own_profiles(account: Account) -> list[Profile]:
    """The faces an account may act with: its individual profile first, then its couples in force."""
    faces = Profile.objects.standing().of([account.pk]).with_faces().order_by("-kind", "made_at")
    return warm(list(faces))


def name_of(profile: Profile) -> str:
    return " & ".join(persona.name or "" for persona in profile.personas)
