"""All guides in one file that needs no network."""

from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from positivesocials.articles import sections, selectors
from positivesocials.articles.models import GuidePage
from positivesocials.articles.picture_models import GuidePicture
from positivesocials.articles.sections import Parts

LARGEST_FILE = 2_000_000
# For what stands around the texts: titles, sources, the list of contents, the styles.
AROUND = 200_000


@dataclass(frozen=True)
class Chapter:
    guide: GuidePage
    parts: Parts


@dataclass
class Luggage:
    """Pictures come along as they are read, while there is room; of the others the words."""

    room: int

    def carry(self, key: str) -> str:
        picture = GuidePicture.objects.filter(pk=key).first()
        packed = b64encode(bytes(picture.data)).decode() if picture else ""
        if not packed or len(packed) > self.room:
            return ""
        self.room -= len(packed)
        return f"data:image/webp;base64,{packed}"


def chapters() -> Mapping[str, Sequence[Chapter]]:
    """Every published guide with its text, in its group."""
    groups = selectors.guides_by_kind()
    slugs = {guide.slug for group in groups.values() for guide in group}
    opened = selectors.open_paths()
    read = {kind: [(guide, _parts(guide, opened)) for guide in group] for kind, group in groups.items()}
    size = sum(_size(parts) for group in read.values() for _guide, parts in group)
    luggage = Luggage(LARGEST_FILE - AROUND - size)
    return {
        str(kind.label): [
            Chapter(guide, sections.in_one_file(parts, slugs, luggage.carry)) for guide, parts in group
        ]
        for kind, group in read.items()
    }


def _parts(guide: GuidePage, opened: Collection[str]) -> Parts:
    return sections.leading_to(selectors.parts_of(guide, prefix=f"{guide.slug}-"), opened)


def _size(parts: Parts) -> int:
    return sum(len(html.encode()) for html in (parts.opening, *(each.html for each in parts.sections)))
