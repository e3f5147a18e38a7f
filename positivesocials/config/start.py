"""Getting an instance ready: folders, keys, migrations, static files, first content. Safe to repeat.

Every step refuses with one sentence before it changes anything it could not finish.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from positivesocials.articles import services as articles
from positivesocials.claims import loading as claims
from positivesocials.config.env import DEMO_MARK, keys_beside
from positivesocials.config.trouble import Trouble
from positivesocials.core.instance import this_instance
from positivesocials.core.refusals import Refused
from positivesocials.groups import founding
from positivesocials.search import services as search
from positivesocials.vault import keyfile
from positivesocials.vault import services as vault

Say = Callable[[str], None]


def prepare(say: Say) -> None:
    """From an empty folder, or from last time, to an instance that can serve."""
    refuse_other_kind()
    make_data_folder()
    make_keys_for_a_new_instance(say)
    refuse_wrong_keys()
    migrate(say)
    vault.make_first_key()
    refuse_changed_kind()
    mark_demo()
    first_content(say)
    collect_static(say)


def make_data_folder() -> None:
    folder: Path = settings.DATA
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError:
        raise Trouble(
            f"The data folder {folder} cannot be written: change its owner, or set POSITIVESOCIALS_DATA."
        ) from None


def make_keys_for_a_new_instance(say: Say) -> None:
    if keyfile.path_in(settings.KEYS).exists():
        load_keys()
        return
    if _has_data():
        raise Trouble(
            f"There is data but no key file at {keyfile.path_in(settings.KEYS)}: "
            "put the file back, or set POSITIVESOCIALS_KEYS to the folder it is in."
        )
    try:
        path = keyfile.make(settings.KEYS)
    except OSError:
        raise Trouble(
            f"The key folder {settings.KEYS} cannot be written: set POSITIVESOCIALS_KEYS to one that can."
        ) from None
    settings.SECRET_KEY = keyfile.load(settings.KEYS).signing
    say(f"Keys made in {path}")


def load_keys() -> keyfile.KeyFile:
    try:
        return keyfile.load(settings.KEYS)
    except keyfile.KeyFileProblem as problem:
        raise Trouble(str(problem)) from None


def _has_data() -> bool:
    databases = settings.DATABASES.values()
    files = [Path(str(c["NAME"])) for c in databases if str(c["ENGINE"]).endswith("sqlite3")]
    if files:
        return any(file.exists() for file in files)
    try:
        return _has_key_table()
    except OperationalError:
        raise _no_database() from None


def _has_key_table() -> bool:
    return "vault_datakey" in connections["keys"].introspection.table_names()


def _no_database() -> Trouble:
    return Trouble("The database does not answer: start it, or check POSITIVESOCIALS_DATABASE_URL.")


def migrate(say: Say) -> None:
    try:
        if not _pending():
            return
        say("Preparing the databases (the first time takes a quarter of a minute)")
        for alias in ("keys", "default"):
            call_command("migrate", database=alias, verbosity=0, interactive=False)
    except OperationalError as error:
        raise _trouble_of(error) from None


def is_made() -> bool:
    """Whether there are rows here to look at. Makes and changes nothing."""
    database = settings.DATABASES["default"]
    if str(database["ENGINE"]).endswith("sqlite3") and not Path(str(database["NAME"])).exists():
        return False
    try:
        if not connections["default"].introspection.table_names():
            return False
        is_behind = _is_behind("default", None)
    except OperationalError as error:
        raise _trouble_of(error) from None
    if is_behind:
        raise Trouble("The database is of an older version: run `positivesocials migrate` first.")
    return True


def _pending() -> bool:
    return any([_is_behind("default", None), _is_behind("keys", "vault")])


def _is_behind(alias: str, app: str | None) -> bool:
    executor = MigrationExecutor(connections[alias])
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if any(name[0] in executor.loader.migrated_apps for name in unknown):
        raise Trouble(
            "The database was written by a newer version: update the software, or use the old data."
        )
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes(app)))


def _trouble_of(error: OperationalError) -> Trouble:
    text = str(error)
    if "locked" in text:
        return Trouble("The database is locked by another process: stop it, then try again.")
    if "readonly" in text or "unable to open" in text:
        return Trouble(f"The database in {settings.DATA} cannot be written: check the owner of its files.")
    return _no_database()


def refuse_wrong_keys() -> None:
    try:
        fits = not _has_key_table() or vault.opens_with_this_key_file()
    except OperationalError as error:
        raise _trouble_of(error) from None
    if not fits:
        raise Trouble(
            f"The key file in {settings.KEYS} is not the one this data was sealed with: "
            "set POSITIVESOCIALS_KEYS to the right one. Nothing was changed."
        )


def refuse_changed_kind() -> None:
    """A demo stays a demo, and a real instance never becomes one."""
    instance = this_instance()
    if instance.is_demo and not settings.DEMO:
        raise _stays_a_demo()
    if settings.DEMO and not instance.is_demo:
        if instance.first_link_hash or instance.operator:
            raise _stays_real()
        instance.is_demo = True
        instance.save(update_fields=["is_demo"])


def refuse_other_kind() -> None:
    """The same, told by what lies where, before keys are looked for in the place of the wrong kind."""
    if not settings.DEMO and (settings.DATA / DEMO_MARK).exists():
        raise _stays_a_demo()
    if settings.DEMO and keyfile.path_in(keys_beside(settings.DATA)).exists():
        raise _stays_real()


def mark_demo() -> None:
    if settings.DEMO:
        (settings.DATA / DEMO_MARK).touch()


def _stays_a_demo() -> Trouble:
    return Trouble("This data folder is a demo and cannot become a real instance: choose another one.")


def _stays_real() -> Trouble:
    return Trouble("This data folder is a real instance and cannot become a demo: choose another one.")


def first_content(say: Say) -> None:
    founding.found_first_groups()
    try:
        # Guides print what claims say.
        claims.load_claims()
    except Refused as refused:
        raise Trouble(refused.message) from None
    articles.load_guides()
    search.load_words()
    search.index_what_is_due()


def collect_static(say: Say) -> None:
    stamp = settings.STATIC_ROOT / ".stamp"
    wanted = _static_hash()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("Collecting styles and scripts")
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(wanted)


def _static_hash() -> str:
    package = Path(__file__).resolve().parent.parent
    files = sorted(package.glob("*/static/**/*"))
    text = "".join(f"{file}{file.stat().st_mtime_ns}" for file in files if file.is_file())
    return hashlib.sha256(text.encode()).hexdigest()
