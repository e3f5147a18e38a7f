from django.urls import path

from positivesocials.groups import views

app_name = "groups"
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
    path("groups/<slug:slug>/<uuid:pk>/", views.show_post, name="show-post"),
    path("groups/<slug:slug>/<uuid:pk>/reply/", views.reply_to_post, name="reply-to-post"),
    path("groups/<slug:slug>/<uuid:pk>/erase/", views.erase_post, name="erase-post"),
    path("groups/<slug:slug>/<uuid:pk>/pin/", views.pin_post, name="pin-post"),
    path("groups/<slug:slug>/<uuid:pk>/unpin/", views.unpin_post, name="unpin-post"),
]
