from django.urls import path

from positivesocials.notifications import views

app_name = "notifications"
urlpatterns = [
    path("no-more/<str:token>/", views.stop_mail, name="stop-mail"),
    path("no-more/<str:token>/undo/", views.resume_mail, name="resume-mail"),
]
