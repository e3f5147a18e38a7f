from django.urls import path

from positivesocials.feed import views

app_name = "feed"
urlpatterns = [
    path("feed/", views.show_feed, name="show-feed"),
    path("feed/choices/", views.list_choices, name="list-choices"),
    path("feed/questions/", views.list_questions, name="list-questions"),
    path("feed/questions/<uuid:question_id>/take-back/", views.take_question_back, name="take-question-back"),
    path("feed/posts/<uuid:post_id>/follow/", views.follow_writer, name="follow-writer"),
    path("feed/posts/<uuid:post_id>/mute/", views.mute_writer, name="mute-writer"),
    path("feed/groups/<slug:slug>/mute/", views.mute_group, name="mute-group"),
    path("feed/followed/<uuid:follow_id>/stop/", views.unfollow_writer, name="unfollow-writer"),
    path("feed/muted/<uuid:mute_id>/show/", views.show_writer, name="show-writer"),
    path("feed/muted-groups/<uuid:mute_id>/show/", views.show_group, name="show-group"),
]
