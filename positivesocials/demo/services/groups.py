"""The groups besides the Welcome group: what is said in them, one for members only and one of the invited."""

from positivesocials.accounts.models import Account
from positivesocials.demo import material, past
from positivesocials.demo.material import Entry
from positivesocials.demo.services import talk
from positivesocials.demo.services.people import account_of
from positivesocials.groups import founding, inviting, tending
from positivesocials.groups import services as groups
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, Kind, Membership, Openness
from positivesocials.notifications import notices


def fill_groups() -> None:
    first = {group.slug: group for group in founding.found_first_groups()}
    for place, group in enumerate(first.values()):
        past.opened(group, past.hours_ago(24 * past.SPREAD_DAYS - place))
    for entry in material.groups():
        group = first[entry["slug"]] if "slug" in entry else _found(entry)
        for post in entry["posts"]:
            talk.write(group, post)


def _found(entry: Entry) -> Group:
    words = {name: entry[name] for name in ("rules", "questions", "greeting") if name in entry}
    sort = Sort(Openness(entry["openness"]), Kind(entry["kind"]), entry.get("subject", ""))
    founder = account_of(entry["founder"])
    group = founding.found_group(founder, Wording(entry["name"], entry["about"], **words), sort)
    for key in entry["members"]:
        _bring_in(founder, account_of(key), group)
    group.refresh_from_db()
    _have_seen(group)
    for asker in entry.get("asking", ()):
        groups.join_group(account_of(asker["who"]), group, asker["answers"])
    past.founded(group, past.hours_ago(entry["hours_ago"]))
    return group


def _bring_in(founder: Account, account: Account, group: Group) -> None:
    if group.openness == Openness.INVITED:
        inviting.accept(account, inviting.invite(founder, group))
    groups.join_group(account, group, [])
    asking = Membership.objects.filter(group=group, account=account, standing="asking").first()
    if asking:
        tending.let_in(founder, asking)


def _have_seen(group: Group) -> None:
    """That it happened is told to nobody any more: it was long ago."""
    for membership in Membership.objects.filter(group=group):
        notices.see(membership.account_id, targets=[membership.pk, group.pk])
