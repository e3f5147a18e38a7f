"""Who of the world asked to be checked, and in which way: each waits in one."""

from typing import TYPE_CHECKING

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Role
from positivesocials.config import policy
from positivesocials.config.policy import Relation as R
from positivesocials.core.tests.drawn import patches, stored
from positivesocials.profiles import checks, vouching
from positivesocials.profiles.check_models import PersonCheck, Vouch

if TYPE_CHECKING:
    from tests.permissions.world import World


def ask(world: "World") -> None:
    """The owner sent a picture, the match asked for her word, and others for calls."""
    moderator = accounts.open_account(role=Role.MODERATOR)
    checks.draw_pose(world.owner)
    checks.send_picture(world.owner, data=stored(patches(2)))
    check = PersonCheck.objects.waiting().get(account=world.owner)
    offered = vouching.offers(world.people[R.MATCH])
    vouching.ask_to_vouch(world.people[R.MATCH], chosen=[vouching.key_of(*each) for each in offered])
    checks.draw_pose(world.people[R.EX_MATCH])
    for relation in (R.PARTNER, R.FITTING, R.INVITED):
        whose, account = world.who(relation)
        call = checks.ask_for_call(account, times=world.words(whose, "times for a call"))
        if relation != R.PARTNER:
            place = f"https://example.org/{world.words(whose, 'place of a call')}"
            checks.arrange_call(moderator, call.pk, link=place, when="Friday")
        if relation == R.INVITED:
            checks.fail_check(moderator, call.pk, reason=world.words(whose, "reason of a person check"))
    world.ids |= {
        policy.MAY_JUDGE: {"check_id": check.pk},
        policy.ASKED_TO_VOUCH: {"vouch_id": Vouch.objects.get(account=world.owner).pk},
    }
