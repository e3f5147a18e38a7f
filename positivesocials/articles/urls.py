from django.urls import path

from positivesocials.articles import translation_views, views
from positivesocials.articles.feeds import show_feed

app_name = "articles"
urlpatterns = [
    path("news/", views.list_news, name="list-news"),
    path("news/feed/", show_feed, name="news-feed"),
    path("news/feed/<str:form>/", show_feed, name="news-feed-as"),
    path("news/archive/", views.show_archive, name="show-archive"),
    path("news/archive/<str:month>/", views.show_month, name="show-month"),
    path("news/in/<str:category_slug>/", views.list_news, name="list-category"),
    path("news/tagged/<str:tag_slug>/", views.list_news, name="list-tagged"),
    path("news/in/<str:category_slug>/feed/", show_feed, name="category-feed"),
    path("news/in/<str:category_slug>/feed/<str:form>/", show_feed, name="category-feed-as"),
    path("news/pictures/<uuid:picture_id>.webp", views.show_picture, name="show-picture"),
    path("news/<str:slug>/", views.read_news, name="read-news"),
    path("news/<str:slug>/reply/", views.reply_to_news, name="reply-to-news"),
    path("news/<str:slug>/reply/guest/", views.reply_to_news_as_guest, name="reply-to-news-as-guest"),
    path("guides/", views.list_guides, name="list-guides"),
    path("guides/all/", views.keep_all_guides, name="keep-all-guides"),
    path("guides/pictures/<uuid:picture_id>.webp", views.show_guide_picture, name="show-guide-picture"),
    path("guides/<str:slug>/", views.read_guide, name="read-guide"),
    path("guides/<str:slug>/in/<str:code>/", views.read_guide_in, name="read-guide-in"),
    path("translations/", translation_views.list_translations, name="list-translations"),
    path("translations/<str:slug>/<str:code>/", translation_views.translate, name="translate-guide"),
    path("help-now/", views.show_helplines, name="helplines"),
    path("robots.txt", views.robots, name="robots"),
]
