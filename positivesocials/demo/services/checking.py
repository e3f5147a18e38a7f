"""Who was checked by a human, who waits for a call, and who would like the word of people they have met."""

from positivesocials.accounts.models import Account
from positivesocials.demo import material, past
from positivesocials.demo.services.people import account_of
from positivesocials.profiles import checks, vouching

MODERATOR = "lantern-keeper"


def check_people() -> None:
    entry = material.checks()
    for key in entry["passed"]:
        _pass(account_of(key))
    for call in entry["calls"]:
        past.asked_to_be_checked(
            checks.ask_for_call(account_of(call["by"]), times=call["times"]),
            past.hours_ago(call["hours_ago"]),
        )
    for key in entry["words"]:
        offered = vouching.offers(account_of(key))
        vouching.ask_to_vouch(account_of(key), chosen=[vouching.key_of(*each) for each in offered])


def _pass(account: Account) -> None:
    moderator = account_of(MODERATOR)
    check = checks.ask_for_call(account, times="Any evening")
    checks.arrange_call(moderator, check.pk, link="https://example.org/", when="Friday")
    checks.pass_check(moderator, check.pk)
