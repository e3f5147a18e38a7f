"""Questions without a name, a professional who answers them, and members who welcome others."""

from datetime import timedelta

from django.utils import timezone

from positivesocials.accounts.models import Account, Role
from positivesocials.asking import checks
from positivesocials.asking import services as asking
from positivesocials.asking.checks import Said
from positivesocials.asking.models import Answer, Professional, Question
from positivesocials.demo import material, past
from positivesocials.demo.material import Entry
from positivesocials.demo.services.checking import MODERATOR
from positivesocials.demo.services.people import account_of
from positivesocials.hosts import services as hosts
from positivesocials.hosts import training
from positivesocials.hosts.models import Host


def ask_and_answer() -> None:
    nurse = _professional()
    for number, entry in enumerate(material.asking()["questions"]):
        _ask(entry, nurse, key=f"demo-question-{number}")


def _professional() -> Account:
    entry = material.asking()["professional"]
    account = account_of(entry["person"])
    said = Said(entry["name"], entry["profession"], entry["checked"])
    checks.ask(account, said)
    row = Professional.objects.get(account=account)
    # Nobody logs in as the operator of a demo.
    operator = Account(role=Role.OPERATOR)
    checks.verify(operator, row.pk, said, valid_until=timezone.localdate() + timedelta(days=365))
    return account


def _ask(entry: Entry, nurse: Account, *, key: str) -> None:
    asker = account_of(entry["asker"])
    words = {"title": entry["title"], "text": entry["text"], "client_key": key}
    question: Question = asking.ask(asker, **words, is_shared=entry["is_shared"])
    if "added" in entry:
        asking.add(asker, question, text=entry["added"], client_key=f"{key}-more")
    if "answer" in entry:
        asking.answer(nurse, question, text=entry["answer"], client_key=f"{key}-answer")
    if entry.get("is_accepted"):
        asking.accept(asker, Answer.objects.get(question=question))
    past.asked(question, past.hours_ago(entry["hours_ago"]))


def welcome() -> None:
    told = material.asking()["hosts"]
    right = {question.key: question.right for question in training.QUESTIONS}
    wanting = {
        **dict.fromkeys(told["made"], "I like to say hello."),
        **{e["person"]: e["why"] for e in told["asking"]},
    }
    for person, why in wanting.items():
        hosts.take_quiz(account_of(person), right)
        hosts.ask(account_of(person), why=why)
    for person in told["made"]:
        hosts.make_host(account_of(MODERATOR), Host.objects.get(account=account_of(person)).pk)
