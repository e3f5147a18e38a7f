from django.urls import path

from positivesocials.hosts import views

app_name = "hosts"
urlpatterns = [
    path("hosts/", views.show_hosts, name="show-hosts"),
    path("hosts/training/<slug:slug>/", views.read_page, name="read-page"),
    path("hosts/quiz/", views.take_quiz, name="take-quiz"),
    path("hosts/ask/", views.ask, name="ask"),
    path("hosts/stop/", views.stop, name="stop"),
    path("hosts/team/", views.list_asking, name="list-asking"),
    path("hosts/team/<uuid:pk>/make/", views.make_host, name="make-host"),
    path("hosts/team/<uuid:pk>/end/", views.end_host, name="end-host"),
]
