"""What the people of the world ask without a name, who of them answers, and who welcomes others."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.utils import timezone

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account, Role
from positivesocials.asking import checks
from positivesocials.asking import services as asking
from positivesocials.asking.checks import Said
from positivesocials.asking.models import Answer, Professional, Question
from positivesocials.config import rules
from positivesocials.config.rules import Relation as R
from positivesocials.hosts import services as hosts
from positivesocials.hosts import training
from positivesocials.hosts.models import Host
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Trusted

if TYPE_CHECKING:
    from tests.permissions.world import World


def ask(world: "World") -> None:
    """The owner asks; who fits her is a nurse and answers one; her match asks to be checked."""
    nurse, owner, new = world.people[R.FITTING], world.owner, world.words
    moderation.trust([owner.pk])
    _verify(nurse, Said(*(new("fitting", f"{kind} of a check") for kind in ("name", "profession", "proof"))))
    checks.ask(
        world.people[R.MATCH],
        Said(*(new("match", f"{kind} to check") for kind in ("name", "profession", "proof"))),
    )
    answered = _question(world, "answered question", is_shared=True)
    asking.add(owner, answered, text=new("owner", "addition"), client_key=uuid4().hex)
    asking.answer(nurse, answered, text=new("fitting", "answer"), client_key=uuid4().hex)
    private = _question(world, "private question", is_shared=False)
    asking.answer(nurse, private, text=new("fitting", "private answer"), client_key=uuid4().hex)
    waiting = _question(world, "waiting question", is_shared=True)
    Trusted.objects.filter(account=owner).delete()
    said = Answer.objects.get(question=answered)
    moderation.report(world.people[R.REPORTER], kind="question", item_id=answered.pk, why="hate")
    here: dict[str, Any] = {"pk": answered.pk}
    asked = Professional.objects.get(account=world.people[R.MATCH])
    world.ids |= {
        rules.READ_QUESTION: here,
        rules.OWN_QUESTION: here,
        rules.OWN_ANSWERED: here | {"answer_id": said.pk},
        rules.ANSWERABLE: {"pk": waiting.pk},
        rules.OWN_ANSWER: {"answer_id": said.pk},
        rules.CHECKED: {"pk": asked.pk},
    }
    closed = frozenset({R.OWNER, R.FITTING})
    world.others |= {
        ("asking:show-question", "waiting"): ({"pk": waiting.pk}, closed),
        ("asking:show-question", "private"): ({"pk": private.pk}, closed),
        ("moderation:report", "question"): (
            {"kind": "question", "item_id": answered.pk},
            rules.EVERYBODY - {R.OWNER},
        ),
        ("moderation:report", "waiting question"): (
            {"kind": "question", "item_id": waiting.pk},
            frozenset({R.FITTING}),
        ),
        ("safety:block-item", "question"): ({"kind": "question", "item_id": answered.pk}, frozenset()),
    }


def welcome(world: "World") -> None:
    """The owner is a host, and her match asks to be one."""
    right = {question.key: question.right for question in training.QUESTIONS}
    for relation in (R.OWNER, R.MATCH):
        whose, account = world.who(relation)
        hosts.take_quiz(account, right)
        hosts.ask(account, why=world.words(whose, "why a host") if relation == R.MATCH else "To say hello.")
    moderator = accounts.open_account(role=Role.MODERATOR)
    hosts.make_host(moderator, Host.objects.get(account=world.owner).pk)
    world.ids |= {
        rules.TRAINING: {"slug": training.PAGES[0].slug},
        rules.ASKS_TO_HOST: {"pk": Host.objects.get(account=world.people[R.MATCH]).pk},
    }


def _question(world: "World", kind: str, *, is_shared: bool) -> Question:
    words = {"title": world.words("owner", f"title: {kind}"), "text": world.words("owner", kind)}
    return asking.ask(world.owner, **words, is_shared=is_shared, client_key=uuid4().hex)


def _verify(account: Account, said: Said) -> None:
    # Not kept: where somebody is the operator, the console gives no link any more.
    operator = Account(role=Role.OPERATOR)
    checks.ask(account, said)
    row = Professional.objects.get(account=account)
    checks.verify(operator, row.pk, said, valid_until=timezone.localdate() + timedelta(days=365))
