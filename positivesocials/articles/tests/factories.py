from datetime import date

from positivesocials.articles import services
from positivesocials.articles.models import NewsPage

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
