from positivesocials.accounts.models import Account, Role
from positivesocials.care import directory
from positivesocials.care.helplines import Helpline
from positivesocials.core.refusals import NotThere


def require_operator(actor: Account) -> None:
    if not actor.acts_as(Role.OPERATOR):
        raise NotThere


def get_line_for(actor: Account, key: str) -> Helpline:
    """A helpline as the operators see it, withdrawn ones too."""
    require_operator(actor)
    line = directory.every_line().get(key)
    if line is None:
        raise NotThere
    return line
