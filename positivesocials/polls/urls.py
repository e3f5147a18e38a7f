from django.urls import path

from positivesocials.polls import views

app_name = "polls"
urlpatterns = [
    path("groups/<slug:slug>/<uuid:pk>/poll/", views.ask, name="ask"),
    path("groups/<slug:slug>/<uuid:pk>/poll/vote/", views.vote, name="vote"),
    path("groups/<slug:slug>/<uuid:pk>/poll/take-away/", views.take_away, name="take-away"),
]
