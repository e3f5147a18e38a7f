from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import require_safe

from positivesocials.articles import views
from positivesocials.articles.feeds import NewsFeed
from positivesocials.articles.sitemaps import SITEMAPS

XML = "application/xml; charset=utf-8"

app_name = "articles"
urlpatterns = [
    path("news/", views.list_news, name="list-news"),
    path("news/feed/", require_safe(NewsFeed()), name="news-feed"),
    path("news/in/<str:category_slug>/", views.list_news, name="list-category"),
    path("news/tagged/<str:tag_slug>/", views.list_news, name="list-tagged"),
    path("news/pictures/<uuid:picture_id>.webp", views.show_picture, name="show-picture"),
    path("news/<str:slug>/", views.read_news, name="read-news"),
    path("news/<str:slug>/reply/", views.reply_to_news, name="reply-to-news"),
    path("news/<str:slug>/reply/guest/", views.reply_to_news_as_guest, name="reply-to-news-as-guest"),
    path("guides/", views.list_guides, name="list-guides"),
    path("guides/<str:slug>/", views.read_guide, name="read-guide"),
    path("help-now/", views.show_helplines, name="helplines"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS, "content_type": XML}, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
