"""The record of processing (GDPR, Article 30), read off what the models declare."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError

from positivesocials.config.libraries import TABLES
from positivesocials.config.trouble import Trouble
from positivesocials.core import countries
from positivesocials.core.keeping import REST, FieldClass, Kept, Model, by_field, fields_of, is_ours
from positivesocials.core.models import Instance

MISSING = "[not filled in yet]"
# What each context is for, and whose data it holds.
ACTIVITIES = {
    "accounts": (
        "Accounts and log-in",
        "Lets members and the team sign in, on the devices they know.",
        "members, team",
    ),
    "profiles": ("Profiles and couples", "The face that members show to others.", "members"),
    "matching": ("Meeting", "Lets members find people whose wishes fit theirs.", "members"),
    "messaging": ("Conversations", "Carries what members write to each other.", "members"),
    "groups": ("Groups", "Lets members ask and talk in groups.", "members"),
    "events": ("Events", "Lets members of a group meet, and reminds who wants it.", "members"),
    "polls": ("Polls", "Lets members ask their group, without keeping who chose what.", "members"),
    "feed": ("Feed", "Shows members what is new where they read, and asks one question a week.", "members"),
    "replies": ("Replies", "Lets members and guests reply to news and posts.", "members, guests"),
    "hosts": ("Hosts", "Knows which members welcome others, and who asks to.", "members"),
    "safety": ("Blocking", "Keeps people apart who must not meet.", "members"),
    "care": ("Help", "Shows helplines by country, and to a member those of theirs.", "members, team"),
    "moderation": (
        "Reports and approval",
        "Keeps the place safe and within its rules.",
        "members, guests, team",
    ),
    "audit": ("Who looked", "Shows members what the team looked at, and why.", "members, team"),
    "privacy": ("Consents", "Shows what members agreed to.", "members"),
    "membership": ("Terms and the count", "Shows who accepted the terms, and counts members.", "members"),
    "newsletter": ("Newsletter", "Mails the letter to those who asked for it.", "readers of the newsletter"),
    "notifications": (
        "Mails",
        "Carries the mails that people asked for.",
        "members, guests, readers of the newsletter",
    ),
    "claims": ("Facts", "Keeps the figures of the guides, their sources and who confirmed them.", "team"),
    "articles": ("Guides and news", "Publishes guides and news.", "team"),
    "search": ("Search", "Finds what anybody may read. Keeps no question.", "team"),
    "asking": (
        "Questions to professionals",
        "Lets members ask without a name, and verified professionals answer.",
        "members, professionals",
    ),
    "wordpress": ("News from WordPress", "Knows what was brought in, so that it comes in once.", "nobody"),
    "gathering": (
        "News of other sites",
        "Reads feeds of other sites, for editors to choose from.",
        "people whom news of other sites is by",
    ),
    "core": ("This site", "Says who runs the site, and slows down misuse.", "callers of the site"),
    "vault": ("Keys", "Seals what people entrust to the site.", "members, guests, readers of the newsletter"),
    "demo": ("Demo", "Invented people. Empty on a real site.", "nobody"),
}
LIBRARIES = (
    "Tables of libraries",
    "What editors write at the desk, what waits to be done, and empty tables.",
    "team",
)
KINDS = {
    FieldClass.PUBLIC: "anybody may read it, once it is published",
    FieldClass.MEMBERS: "stored plainly under random ids; shown only to whom the access policy lets",
    FieldClass.SEALED: "encrypted on the disk; opens with the key of its owner only",
    FieldClass.SECRET: "hashes, wrapped keys and keyed fingerprints; shown to nobody",
}
TRANSFERS = "None by the software. The operator chooses where server, copies and mail server stand."
MEASURES = (
    "What people write is sealed with AES-256-GCM, bound to its place, under a key for each account, couple "
    "or row; a master key wraps these keys and can be changed while the site serves.",
    "One table of who may do what, for every address; it is tried as every role by the tests.",
    "What has a key of its own is erased with it, so that copies of the data become unreadable too.",
    "Each look of the team at something of a member's is recorded in a chain that shows tampering.",
    "Passwords are hashed with Argon2id, sessions and links are stored hashed, no IP address is stored.",
    "Pages load nothing from elsewhere; a strict content security policy holds on every page.",
    "The running server can read what it stores: there is no encryption from end to end.",
)


@dataclass(frozen=True)
class Line:
    fields: tuple[str, ...]
    kind: str
    why: str
    until: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """One model of ours, or several of a library that are alike."""

    models: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Activity:
    title: str
    purpose: str
    people: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Controller:
    name: str
    contact: str
    address: str
    country: str
    site: str


@dataclass(frozen=True)
class Record:
    """The heads of Article 30(1): who, why, about whom, to whom, where to, until when, how protected."""

    controller: Controller
    people: tuple[str, ...]
    recipients: str
    transfers: str
    measures: tuple[str, ...]
    kinds: dict[str, str]
    activities: tuple[Activity, ...]


def of_this_site() -> Record:
    """Raises Trouble where no database answers."""
    try:
        instance = Instance.objects.filter(only=1).first()
    except DatabaseError:
        raise Trouble(
            "There is no site here yet: run positivesocials migrate first, or add --blank."
        ) from None
    return _record(instance or Instance(), mail_server=settings.EMAIL_HOST if settings.DELIVER_MAIL else "")


def of_no_site() -> Record:
    return _record(Instance(), mail_server="")


def _record(instance: Instance, *, mail_server: str) -> Record:
    activities = tuple(_activities())
    everyone = {who for activity in activities for who in activity.people.split(", ")} - {"nobody"}
    return Record(
        controller=_controller(instance),
        people=tuple(sorted(everyone)),
        recipients=_recipients(mail_server),
        transfers=TRANSFERS,
        measures=MEASURES,
        kinds={str(kind): words for kind, words in KINDS.items()},
        activities=activities,
    )


def _controller(instance: Instance) -> Controller:
    return Controller(
        name=instance.operator or MISSING,
        contact=instance.contact or MISSING,
        address=", ".join(instance.address.splitlines()) or MISSING,
        country=countries.name_of(instance.country) or MISSING,
        site=instance.name,
    )


def _recipients(mail_server: str) -> str:
    named = f" {mail_server}" if mail_server else ""
    return f"None but the mail server{named}, which carries the mails that people asked for."


def _activities() -> Iterator[Activity]:
    ours: dict[str, list[Table]] = {label: [] for label in ACTIVITIES}
    for model in apps.get_models():
        if is_ours(model):
            ours[model._meta.app_label].append(Table((model._meta.label,), tuple(_lines(model))))
    for label, tables in ours.items():
        yield _activity(ACTIVITIES[label], tables)
    yield _activity(LIBRARIES, _of_libraries())


def _activity(words: tuple[str, str, str], tables: Iterable[Table]) -> Activity:
    named = [table for table in tables if table.lines]
    return Activity(*words, tables=tuple(sorted(named, key=lambda table: table.models)))


def _of_libraries() -> Iterator[Table]:
    """As declared, not as installed: which tables a library makes depends on the database."""
    alike: dict[tuple[Kept, ...], list[str]] = {}
    for label, kept in TABLES.items():
        alike.setdefault(kept, []).append(label)
    for kept, labels in alike.items():
        yield Table(tuple(sorted(labels)), tuple(_line(one, one.fields) for one in kept))


def _lines(model: Model) -> Iterator[Line]:
    declared, alike = by_field(model), dict[Kept, list[str]]()
    for field in fields_of(model):
        alike.setdefault(declared[field.name], []).append(field.name)
    for kept, names in alike.items():
        yield _line(kept, names, model)


def _line(kept: Kept, names: Iterable[str], model: Model | None = None) -> Line:
    until = tuple(end.sentence(model) for end in kept.until)
    return Line(fields=tuple(names), kind=str(kept.kind), why=kept.why, until=until)


def as_json(shown: Record) -> dict[str, object]:
    return asdict(shown)


def as_markdown(shown: Record) -> str:
    return "\n".join([*_heads(shown), *(line for each in shown.activities for line in _section(each))])


def _heads(shown: Record) -> Iterator[str]:
    who = shown.controller
    yield "# Record of processing\n"
    yield "For Article 30 of the GDPR. Printed by `positivesocials processing` from what the code declares.\n"
    yield "| | |\n| --- | --- |"
    yield f"| Controller | {who.name}, {who.address}, {who.country} |"
    yield f"| Contact | {who.contact} |"
    yield f"| Site | {who.site} |"
    yield f"| People concerned | {', '.join(shown.people)} |"
    yield f"| Recipients | {shown.recipients} |"
    yield f"| Transfers to other countries | {shown.transfers} |"
    yield "| Purposes, kinds of data, time limits | below, table by table |"
    yield "\n## How it is protected\n"
    yield from (f"- {measure}" for measure in shown.measures)
    yield "\n## Classes\n"
    yield from (f"- **{kind}**: {words}." for kind, words in shown.kinds.items())
    yield "\nBelow, the first end that comes about counts. Keys of rows are random and say nothing."
    yield "An account is erased by the operator when its member asks: this version has no page for it.\n"


def _section(activity: Activity) -> Iterator[str]:
    yield f"## {activity.title}\n"
    yield f"{activity.purpose} About: {activity.people}.\n"
    for table in activity.tables:
        yield f"### {', '.join(table.models)}\n"
        yield "| field | class | why it is kept | until when |\n| --- | --- | --- | --- |"
        rest = "all others" if len(table.lines) > 1 else "all"
        for line in table.lines:
            names = ", ".join(f"`{name}`" for name in line.fields).replace(f"`{REST}`", rest)
            yield f"| {names} | {line.kind} | {line.why} | {'; or '.join(line.until)} |"
        yield ""
