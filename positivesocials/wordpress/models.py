from django.db import models

from positivesocials.articles.models import NewsPage
from positivesocials.core.keeping import SITE, keeps, public, secret
from positivesocials.core.models import Row


@keeps(
    secret("mark", why="knows an item of an export again, so that it comes in once"),
    public("news", "brought_in_at", why="what it became, and when"),
    until=SITE,
)
class BroughtIn(Row):
    """A post or page that an import brought in. Stays when its article goes: an editor's no is remembered."""

    mark = models.CharField(max_length=64, unique=True)
    news = models.ForeignKey(NewsPage, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_in_at = models.DateTimeField(auto_now_add=True)
