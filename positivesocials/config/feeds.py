"""What `import-feed` says."""

import json
from pathlib import Path

from django.utils.translation import ngettext

from positivesocials.gathering import reading, services


def as_json(file: Path, *, category: str | None) -> str:
    """The entries as they are stored, and how many are new. Without a category it only looks."""
    whole = reading.read_file(file)
    entries = [{"title": each.title, "url": each.url, "html": each.html} for each in whole.entries]
    shown = {"kind": whole.kind, "title": whole.title, "entries": entries, "left_out": whole.left_out}
    if category is not None:
        shown["new"] = services.import_file(file, category=category)
    return json.dumps(shown)


def as_words(file: Path, *, category: str | None) -> str:
    if category is None:
        return "\n".join([_entries(file), *(each.title for each in reading.read_file(file).entries)])
    new = services.import_file(file, category=category)
    return ngettext("%(count)d new entry waits.", "%(count)d new entries wait.", new) % {"count": new}


def _entries(file: Path) -> str:
    count = len(reading.read_file(file).entries)
    return ngettext("%(count)d entry.", "%(count)d entries.", count) % {"count": count}
