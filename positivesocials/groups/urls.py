from django.urls import path

from positivesocials.groups import post_views, talk_views, views

app_name = "groups"
one = "groups/<slug:slug>/<uuid:pk>/"
urlpatterns = [
    path("groups/", views.list_groups, name="list-groups"),
    path("groups/<slug:slug>/", views.show_group, name="show-group"),
    path("groups/<slug:slug>/join/", views.join_group, name="join-group"),
    path("groups/<slug:slug>/leave/", views.leave_group, name="leave-group"),
    path("groups/<slug:slug>/open/", views.let_write, name="let-write"),
    path("groups/<slug:slug>/close/", views.stop_writing, name="stop-writing"),
    path("groups/<slug:slug>/write/", views.write_post, name="write-post"),
    path("groups/<slug:slug>/write/preview/", views.preview_post, name="preview-post"),
    path("groups/<slug:slug>/write/another-alias/", views.suggest_alias, name="suggest-alias"),
    path("groups/<slug:slug>/<uuid:pk>/", talk_views.show_post, name="show-post"),
    path("groups/<slug:slug>/<uuid:pk>/reply/", talk_views.reply_to_post, name="reply-to-post"),
    path("groups/<slug:slug>/write/draft/", post_views.keep_draft, name="keep-draft"),
    path(f"{one}reply/preview/", talk_views.preview_reply, name="preview-reply"),
    path(f"{one}reply/draft/", talk_views.keep_reply_draft, name="keep-reply-draft"),
    path(f"{one}follow/", talk_views.follow_post, name="follow-post"),
    path(f"{one}stop/", talk_views.stop_following, name="stop-following"),
    path(f"{one}support/", talk_views.support, name="support"),
    path(f"{one}edit/", post_views.edit_post, name="edit-post"),
    path("groups/<slug:slug>/<uuid:pk>/erase/", views.erase_post, name="erase-post"),
    path("groups/<slug:slug>/<uuid:pk>/pin/", views.pin_post, name="pin-post"),
    path("groups/<slug:slug>/<uuid:pk>/unpin/", views.unpin_post, name="unpin-post"),
]
