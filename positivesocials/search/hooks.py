from django.utils.translation import gettext_lazy as _

from positivesocials.articles import finding as articles
from positivesocials.core import public_texts
from positivesocials.groups import finding as groups
from positivesocials.search import services, sources
from positivesocials.search.sources import Passing, Source

sources.register(
    Source(
        articles.GUIDE,
        label=_("Guides"),
        icon="book",
        stamps=articles.guide_stamps,
        texts=articles.guide_texts,
        lines=articles.guide_lines,
        is_checked=True,
        moves_with=articles.guides_move_with,
    )
)
sources.register(
    Source(
        articles.NEWS,
        label=_("News"),
        icon="news",
        stamps=articles.news_stamps,
        texts=articles.news_texts,
        lines=articles.news_lines,
        categories=articles.news_categories,
    )
)
sources.register(
    Source(
        groups.GROUP,
        label=_("Groups"),
        icon="group",
        stamps=groups.group_stamps,
        texts=groups.group_texts,
        lines=groups.group_texts,
        is_checked=True,
    )
)
sources.register_passing(
    Passing(groups.POST, label=_("Posts in open groups"), icon="talk", newest=groups.newest_posts)
)
public_texts.on_change(services.note_change)
