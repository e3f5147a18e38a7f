from datetime import date

from positivesocials.articles import services
from positivesocials.articles.models import GuideIndex, GuidePage, NewsPage
from positivesocials.articles.shelves import shelf

_count = iter(range(10_000))


def make_news(**traits) -> NewsPage:
    """A published post: `make_news(title="A title", category="Town")`."""
    number = next(_count)
    post = {
        "title": f"A headline {number}",
        "category": "Town",
        "standfirst": "One sentence that says why.",
        "paragraphs": [f"Paragraph {number}.", "Another."],
        "published_on": date(2026, 11, 18),
        "source_line": "Own report.",
    }
    return services.publish_news(**{**post, **traits})


def make_guide(*, text="## In short\n\nWords.", kind="sexual-health", about="", **traits) -> GuidePage:
    """A published guide: `make_guide(text="{{hiv.signs}}", kind="condition", about="hiv")`."""
    number = next(_count)
    guide = {
        "title": f"A guide {number}",
        "slug": f"a-guide-{number}",
        "summary": "What it is about.",
        "review_due_on": date(2099, 1, 1),
    }
    page = GuidePage(text=text, kind=kind, conditions=about, **{**guide, **traits})
    shelf(GuideIndex, "guides", "Guides").add_child(instance=page)
    return page
