"""What import contracts cannot see: foreign keys by name, sizes, and every model in the glossary."""

import ast
import re
import statistics
import tomllib
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "positivesocials"
# A file that is a list of facts or wiring rather than logic may be longer, with a decision record.
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 400, 50, 150


def _rank() -> dict[str, int]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c for c in contracts if c["type"] == "layers" and c["containers"] == ["positivesocials"])
    rows = list(reversed(layers["layers"]))
    return {name.strip(): rank for rank, row in enumerate(rows) for name in row.split("|")}


def _our_models():
    ranks = _rank()
    return [model for model in apps.get_models() if model._meta.app_label in ranks and _is_ours(model)]


def _is_ours(model) -> bool:
    return model.__module__.startswith("positivesocials.")


def test_foreign_keys_point_only_downwards():
    ranks = _rank()
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in _our_models()
        for field in model._meta.get_fields()
        if (field.many_to_one or (field.one_to_one and field.concrete)) and _is_ours(field.related_model)
        if ranks[field.related_model._meta.app_label] > ranks[model._meta.app_label]
    ]

    assert upwards == []


def test_migrations_depend_only_downwards():
    ranks = _rank()
    pattern = re.compile(r"\(['\"](\w+)['\"], ['\"]\d{4}_\w+['\"]\)")
    upwards = [
        f"{path.parent.parent.name} -> {app}"
        for path in PACKAGE.glob("*/migrations/0*.py")
        for app in pattern.findall(path.read_text())
        if app in ranks and ranks[app] > ranks[path.parent.parent.name]
    ]

    assert upwards == []


def test_every_row_has_a_random_id():
    counters = [
        model._meta.label
        for model in _our_models()
        if model._meta.pk.get_internal_type() != "UUIDField" and not model._meta.parents
    ]

    assert counters == []


def test_every_model_is_in_the_glossary():
    glossary = (ROOT / "docs" / "glossary.md").read_text().casefold()
    missing = [
        model._meta.label
        for model in _our_models()
        if model._meta.verbose_name.casefold() not in glossary and model.__name__.casefold() not in glossary
    ]

    assert missing == []


def _functions():
    for path in PACKAGE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (
                    (node.end_lineno or 0) - node.lineno + 1,
                    f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
                )


def test_functions_stay_small():
    sizes = sorted(_functions(), reverse=True)
    lengths = [size for size, _ in sizes]
    print("longest functions:", sizes[:5], "median:", statistics.median(lengths))

    assert statistics.median(lengths) < 10
    assert sorted(lengths)[int(len(lengths) * 0.9)] <= 30
    assert lengths[0] <= LONGEST_FUNCTION


def test_files_stay_small():
    files = [path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts]
    files += [
        *ROOT.glob("tests/**/*.py"),
        *PACKAGE.glob("*/static/**/*.css"),
        *PACKAGE.glob("*/static/**/*.js"),
    ]
    sizes = sorted(
        ((path.read_text().count("\n"), str(path.relative_to(ROOT))) for path in files), reverse=True
    )
    print("longest files:", sizes[:5])

    assert [size for size in sizes if size[0] > LONGEST_FILE] == []


def test_templates_stay_small():
    sizes = [(path.read_text().count("\n"), str(path.relative_to(ROOT))) for path in PACKAGE.rglob("*.html")]

    assert [size for size in sizes if size[0] > LONGEST_TEMPLATE] == []


def test_views_ask_selectors_and_never_the_tables():
    asking = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*PACKAGE.glob("*/views.py"), *PACKAGE.glob("*/views/*.py")]
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if ".objects" in line
    ]

    assert asking == []


def test_no_template_holds_inline_script_or_style():
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PACKAGE.rglob("*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if inline.search(re.sub(r"{[%{].*?[%}]}", "", line))
    ]

    assert found == []


def test_styles_use_logical_sides_only():
    physical = re.compile(
        r"(?<![\w-])(margin|padding|border|inset)?-?(left|right)\s*:|text-align:\s*(left|right)"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PACKAGE.glob("*/static/**/*.css")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if physical.search(line)
    ]

    assert found == []


def test_no_registry_address_stands_in_the_tree():
    locks = [*ROOT.glob("requirements/*"), ROOT / "pyproject.toml"]

    assert [path.name for path in locks if "http" in path.read_text() and path.suffix == ".txt"] == []


def _importers_of(module):
    """Who imports `module`, tests apart: a package's name goes with the name brought in from it."""
    package, _, name = module.rpartition(".")
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())) if "tests" not in path.parts else []:
            if isinstance(node, ast.ImportFrom):
                names = {alias.name for alias in node.names}
                if node.module == module or (node.module == package and name in names):
                    yield str(path.relative_to(PACKAGE))


def test_only_the_composer_and_the_reader_open_the_envelope_of_a_message():
    looks_inside = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Subscript | ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "envelope"
    ]
    may_read = {
        "messaging/aside.py",
        "messaging/composing.py",
        "messaging/drafts.py",
        "messaging/evidence.py",
        "messaging/hooks.py",
        "messaging/lines.py",
        "messaging/quotes.py",
        "messaging/searching.py",
        "bench/cuts.py",
    }

    assert set(_importers_of("positivesocials.messaging.envelope")) == {
        "messaging/composing.py",
        "messaging/reading.py",
    }
    assert set(_importers_of("positivesocials.messaging.reading")) == may_read
    assert looks_inside == []
