"""What news is filed under."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import Until, keeps, public
from positivesocials.core.models import Row

DELETED = Until("articles", "an editor deletes it")


@keeps(public("name", "slug", why="what news is filed under"), until=DELETED)
class Category(Row):
    """What a news post is filed under."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True, allow_unicode=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name


@keeps(public("name", "slug", why="what else news is found under"), until=DELETED)
class Tag(Row):
    """A word that news is found under, beside its category. Tagged posts have a page of their own."""

    LONGEST = 80

    name = models.CharField(_("name"), max_length=LONGEST, unique=True)
    slug = models.SlugField(_("address"), max_length=LONGEST, unique=True, allow_unicode=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name
