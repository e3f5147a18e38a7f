from django.urls import path

from positivesocials.replies import views

app_name = "replies"
urlpatterns = [
    path("replies/<uuid:reply_id>/", views.show_reply, name="show-reply"),
    path("replies/<uuid:reply_id>/erase/", views.erase_reply, name="erase-reply"),
    path("reply/<str:token>/", views.show_own, name="show-own"),
    path("reply/<str:token>/edit/", views.edit_own, name="edit-own"),
    path("reply/<str:token>/erase/", views.erase_own, name="erase-own"),
]
