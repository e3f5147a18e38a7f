from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Happening
from positivesocials.safety import access


@notices.silence_when
def is_kept_apart(happening: Happening) -> bool:
    return bool(happening.by) and not access.may_meet([happening.account_id], happening.by)
