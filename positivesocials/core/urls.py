from django.urls import path

from positivesocials.core import views

app_name = "core"
urlpatterns = [
    path("leave/", views.leave, name="leave"),
    path("left/", views.left, name="left"),
    path("language/", views.set_language, name="set-language"),
    path("colours/", views.set_theme, name="set-theme"),
    path("parts/", views.parts, name="parts"),
    path("healthz", views.health, name="health"),
]
