from django.urls import path

from positivesocials.replies import views

app_name = "replies"
urlpatterns = [
    path("replies/riddle/", views.ask_riddle, name="ask-riddle"),
    path("replies/no-more/<str:token>/", views.stop_answers, name="stop-answers"),
    path("replies/<uuid:reply_id>/", views.show_reply, name="show-reply"),
    path("replies/<uuid:reply_id>/edit/", views.edit_reply, name="edit-reply"),
    path("replies/<uuid:reply_id>/erase/", views.erase_reply, name="erase-reply"),
    path("reply/<str:token>/", views.show_own, name="show-own"),
    path("reply/<str:token>/edit/", views.edit_own, name="edit-own"),
    path("reply/<str:token>/confirm/", views.confirm_own, name="confirm-own"),
    path("reply/<str:token>/tell/", views.tell_own, name="tell-own"),
    path("reply/<str:token>/hush/", views.hush_own, name="hush-own"),
    path("reply/<str:token>/erase/", views.erase_own, name="erase-own"),
]
