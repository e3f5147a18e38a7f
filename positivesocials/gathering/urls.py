from django.urls import path

from positivesocials.gathering import views

app_name = "gathering"
urlpatterns = [
    path("sources/", views.list_feeds, name="list-feeds"),
    path("sources/add/", views.add_feed, name="add-feed"),
    path("sources/entries/", views.list_entries, name="list-entries"),
    path("sources/entries/<uuid:entry_id>/", views.show_entry, name="show-entry"),
    path("sources/entries/<uuid:entry_id>/publish/", views.publish, name="publish-entry"),
    path("sources/entries/<uuid:entry_id>/draft/", views.make_draft, name="draft-entry"),
    path("sources/entries/<uuid:entry_id>/aside/", views.set_aside, name="set-aside"),
    path("sources/entries/<uuid:entry_id>/take-up/", views.take_up, name="take-up"),
    path("sources/<uuid:feed_id>/pause/", views.pause, name="pause-feed"),
    path("sources/<uuid:feed_id>/resume/", views.resume, name="resume-feed"),
    path("sources/<uuid:feed_id>/read/", views.poll_now, name="poll-feed"),
    path("sources/<uuid:feed_id>/remove/", views.remove_feed, name="remove-feed"),
]
