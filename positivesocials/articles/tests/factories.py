from datetime import date

from positivesocials.articles import blocks, services
from positivesocials.articles.models import GuideIndex, GuidePage, NewsPage
from positivesocials.articles.picture_models import GuidePicture
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


def make_picture(**traits) -> GuidePicture:
    """As it is kept once it was drawn: `make_picture(alt="A door")`."""
    return GuidePicture.objects.create(
        **{"alt": "A door", "data": b"RIFF", "width": 4, "height": 3, **traits}
    )


def in_blocks(text: str) -> dict[str, str]:
    """The text of a guide as the desk's form sends it: `in_blocks("## In short")`."""
    laid = blocks.from_markdown(text, [str(key) for key in GuidePicture.objects.values_list("pk", flat=True)])
    sent = {"text-count": str(len(laid))}
    for number, block in enumerate(laid):
        place = f"text-{number}"
        sent |= {f"{place}-deleted": "", f"{place}-order": str(number), f"{place}-type": block["type"]}
        sent |= _sent(f"{place}-value", block["value"])
    return sent


def _sent(name: str, value: object) -> dict[str, str]:
    if isinstance(value, dict):
        return {
            key: said
            for part, within in value.items()
            for key, said in _sent(f"{name}-{part}", within).items()
        }
    if isinstance(value, list):
        rows = {f"{name}-count": str(len(value))}
        for number, within in enumerate(value):
            rows |= {f"{name}-{number}-deleted": "", f"{name}-{number}-order": str(number)}
            rows |= _sent(f"{name}-{number}-value", within)
        return rows
    # As a browser sends what was typed.
    return {name: str(value).replace("\n", "\r\n")}
