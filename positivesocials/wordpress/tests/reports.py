"""What the import makes of the shared exports, for docs/reports/wordpress.md:
`python -m positivesocials.wordpress.tests.reports > docs/reports/wordpress.md`.

Reads them on an instance of its own in a throw-away folder.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

HEAD = """# What comes in from WordPress

The exports that WordPress tests its own importer and its themes with, each read on an empty instance. Made by
`python -m positivesocials.wordpress.tests.reports > docs/reports/wordpress.md` from the shared test data.

| file | posts | pages | replies | left out | or refused |
| --- | --- | --- | --- | --- | --- |
"""


def written(folder: Path) -> str:
    from positivesocials.core.refusals import Refused
    from positivesocials.wordpress import services

    rows, reasons = [], Counter[str]()
    for file in sorted(folder.rglob("*.xml")):
        try:
            report = services.look_at(file)
        except Refused as refused:
            rows.append(f"| {file.name} | | | | | {refused.message} |")
            continue
        counts, left = report.counts, sum(report.reasons.values())
        rows.append(
            f"| {file.name} | {counts['posts']} | {counts['pages']} | {counts['replies']} | {left} | |"
        )
        reasons += report.reasons
    why = "\n".join(f"| {count} | {reason} |" for reason, count in reasons.most_common())
    tail = f"\n\n## What was left out or changed\n\n| times | why |\n| --- | --- |\n{why}\n"
    return HEAD + "\n".join(rows) + tail


def main() -> None:
    shared = Path(os.environ.get("POSITIVESOCIALS_SHARED") or "../shared") / "data" / "wxr"
    if not shared.is_dir():
        sys.exit(f"no shared test data at {shared}")
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "POSITIVESOCIALS_DATA": folder,
            "POSITIVESOCIALS_KEYS": f"{folder}/keys",
            "POSITIVESOCIALS_DEMO": "1",
            "DJANGO_SETTINGS_MODULE": "positivesocials.config.settings",
        }
        import django

        django.setup()
        from positivesocials.config import start

        start.prepare(lambda sentence: print(f"  {sentence}", file=sys.stderr))
        print(written(shared), end="")


if __name__ == "__main__":
    main()
