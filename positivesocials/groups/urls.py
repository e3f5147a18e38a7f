from django.urls import path

from positivesocials.groups import list_views, tending_views, views

app_name = "groups"
urlpatterns = [
    path("groups/", list_views.list_groups, name="list-groups"),
    path("groups/found/", list_views.found_group, name="found-group"),
    path("groups/invited/<str:code>/", list_views.accept_invitation, name="accept-invitation"),
    path("groups/standing/<uuid:pk>/", list_views.show_standing, name="show-standing"),
    path("groups/standing/<uuid:pk>/agree/", list_views.agree_to_tend, name="agree-to-tend"),
    path("groups/standing/<uuid:pk>/refuse/", list_views.refuse_to_tend, name="refuse-to-tend"),
    path("groups/<slug:slug>/", views.show_group, name="show-group"),
    path("groups/<slug:slug>/join/", views.join_group, name="join-group"),
    path("groups/<slug:slug>/leave/", views.leave_group, name="leave-group"),
    path("groups/<slug:slug>/open/", views.let_write, name="let-write"),
    path("groups/<slug:slug>/close/", views.stop_writing, name="stop-writing"),
    path("groups/<slug:slug>/tend/", tending_views.tend_group, name="tend-group"),
    path("groups/<slug:slug>/tend/words/", tending_views.reword, name="reword"),
    path("groups/<slug:slug>/tend/end/", tending_views.close_group, name="close-group"),
    path("groups/<slug:slug>/tend/invite/", tending_views.invite, name="invite"),
    path("groups/<slug:slug>/tend/invite/<uuid:pk>/revoke/", tending_views.revoke, name="revoke"),
    path("groups/<slug:slug>/tend/<uuid:pk>/let-in/", tending_views.let_in, name="let-in"),
    path("groups/<slug:slug>/tend/<uuid:pk>/decline/", tending_views.decline, name="decline"),
    path("groups/<slug:slug>/tend/<uuid:pk>/put-out/", tending_views.put_out, name="put-out"),
    path("groups/<slug:slug>/tend/<uuid:pk>/let-back/", tending_views.let_back, name="let-back"),
    path("groups/<slug:slug>/tend/<uuid:pk>/ask/", tending_views.ask_to_tend, name="ask-to-tend"),
    path("groups/<slug:slug>/tend/<uuid:pk>/take-back/", tending_views.take_back, name="take-back"),
    path(
        "groups/<slug:slug>/tend/posts/<uuid:pk>/let-back/",
        tending_views.let_author_back,
        name="let-author-back",
    ),
    path("groups/<slug:slug>/write/", views.write_post, name="write-post"),
    path("groups/<slug:slug>/write/preview/", views.preview_post, name="preview-post"),
    path("groups/<slug:slug>/write/another-alias/", views.suggest_alias, name="suggest-alias"),
    path("groups/<slug:slug>/<uuid:pk>/", views.show_post, name="show-post"),
    path("groups/<slug:slug>/<uuid:pk>/reply/", views.reply_to_post, name="reply-to-post"),
    path("groups/<slug:slug>/<uuid:pk>/erase/", views.erase_post, name="erase-post"),
    path("groups/<slug:slug>/<uuid:pk>/remove/", tending_views.remove_post, name="remove-post"),
    path("groups/<slug:slug>/<uuid:pk>/appeal/", tending_views.appeal, name="appeal"),
    path("groups/<slug:slug>/<uuid:pk>/pin/", views.pin_post, name="pin-post"),
    path("groups/<slug:slug>/<uuid:pk>/unpin/", views.unpin_post, name="unpin-post"),
]
