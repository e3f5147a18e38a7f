from django.urls import path

from positivesocials.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.list_notices, name="list-notices"),
    path("notices/count/", views.count_unseen, name="count-unseen"),
    path("notices/seen/", views.mark_all_seen, name="mark-all-seen"),
    path("notices/devices/", views.add_device, name="add-device"),
    path("notices/choices/", views.choose, name="choose"),
    path("notices/mail/<str:token>/", views.stop_notices, name="stop-notices"),
    path("notices/<uuid:notice_id>/open/", views.open_notice, name="open-notice"),
    path("no-more/<str:token>/", views.stop_mail, name="stop-mail"),
    path("no-more/<str:token>/undo/", views.resume_mail, name="resume-mail"),
]
