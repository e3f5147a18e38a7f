"""What tests of person checks ask about people again and again."""

from positivesocials.profiles import check_reads
from positivesocials.profiles.models import Profile


def face(account):
    return Profile.objects.with_faces().get(account=account)


def checked_at(account):
    return check_reads.checked_at(face(account))
