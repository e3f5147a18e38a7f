"""Guides as they stand in files, whoever loads them on the site."""

import tomllib
from datetime import date
from pathlib import Path

from django.utils import timezone

from positivesocials.articles import services as articles
from positivesocials.articles.models import GuideIndex, GuidePage
from positivesocials.articles.shelves import shelf

GUIDES = Path(articles.__file__).parent / "content" / "guides"
_count = iter(range(10_000))


def make_guide(**traits) -> GuidePage:
    """A published guide: `make_guide(title="Scabies", text="## Signs\\n\\nIt itches.")`."""
    number = next(_count)
    guide = {
        "title": f"A guide {number}",
        "slug": f"guide-{number}",
        "summary": "In short.",
        "text": "Words.",
        "review_due_on": date(2030, 1, 1),
        "first_published_at": timezone.now(),
    }
    page = GuidePage(**{**guide, **traits})
    shelf(GuideIndex, "guides", "Guides").add_child(instance=page)
    return page


def load_shipped_guides() -> set[str]:
    """All guides that ship with the site, whether or not they would be published yet; their addresses."""
    slugs = set()
    for file in sorted(GUIDES.glob("*.md")):
        _before, front, text = file.read_text(encoding="utf-8").split("+++\n", 2)
        told = tomllib.loads(front)
        GuidePage.objects.filter(slug=told["slug"]).delete()
        make_guide(title=told["title"], slug=told["slug"], summary=told["summary"], text=text.strip())
        slugs.add(told["slug"])
    return slugs
