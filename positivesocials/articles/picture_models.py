"""Pictures that editors show in guides."""

from collections.abc import Hashable, Iterable, Mapping

from django.db import models
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from positivesocials.articles import sections
from positivesocials.articles.sourcing import Pictured
from positivesocials.core.keeping import Until, keeps, public
from positivesocials.core.models import Row

LONGEST_WORDS = 300


@keeps(
    public("alt", "caption", "data", "width", "height", why="a picture in guides, and its words"),
    public("changed_at", why="pages that show it are drawn again"),
    until=Until("articles", "an editor deletes it"),
)
class GuidePicture(Row):
    """A picture for guides, drawn anew before it was kept, with words for who cannot see it.

    It belongs to no guide: a text names it, and so do its translations.
    """

    alt = models.CharField(
        _("what the picture shows"),
        max_length=LONGEST_WORDS,
        help_text=_("For people who cannot see it. Say what matters in it, in a sentence or two."),
    )
    caption = models.CharField(
        _("below the picture"),
        max_length=LONGEST_WORDS,
        blank=True,
        help_text=_("A line for everybody, such as who made it. It may stay empty."),
    )
    data = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-changed_at"]
        verbose_name = _("picture for guides")
        verbose_name_plural = _("pictures for guides")
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="articles_picture_has_words"),
        ]

    def __str__(self) -> str:
        return self.alt

    @property
    def mark(self) -> str:
        """How a text names it, up to what it may add."""
        return f"](picture:{self.pk}"


def known(text: str) -> set[str]:
    """Which of the pictures that a text names are there."""
    return {key for key, picture in named(sections.pictures_in(text)).items() if picture}


def version() -> Hashable:
    """Changes whenever a picture or its words do."""
    return tuple(GuidePicture.objects.aggregate(Count("pk"), Max("changed_at")).values())


def named(keys: Iterable[str]) -> Mapping[str, GuidePicture | None]:
    """The pictures that a text names, without what they are drawn of."""
    wanted = list(keys)
    if not wanted:
        return {}
    known = {str(each.pk): each for each in GuidePicture.objects.filter(pk__in=wanted).defer("data")}
    return {key: known.get(key) for key in wanted}


def shown(keys: Iterable[str]) -> Mapping[str, Pictured]:
    """Those that are there, as a page shows them."""
    found = named(keys).items()
    return {key: Pictured(row.alt, row.caption, row.width, row.height) for key, row in found if row}
