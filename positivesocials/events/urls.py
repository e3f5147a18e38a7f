from django.urls import path

from positivesocials.events import views

app_name = "events"
urlpatterns = [
    path("groups/<slug:slug>/events/", views.list_events, name="list-events"),
    path("groups/<slug:slug>/events/new/", views.make_event, name="make-event"),
    path("groups/<slug:slug>/events/<uuid:pk>/", views.show_event, name="show-event"),
    path("groups/<slug:slug>/events/<uuid:pk>/change/", views.change_event, name="change-event"),
    path("groups/<slug:slug>/events/<uuid:pk>/call-off/", views.call_off, name="call-off"),
    path("groups/<slug:slug>/events/<uuid:pk>/answer/", views.answer, name="answer"),
    path("groups/<slug:slug>/events/<uuid:pk>/another-alias/", views.suggest_alias, name="suggest-alias"),
    path("groups/<slug:slug>/events/<uuid:pk>/step-back/", views.step_back, name="step-back"),
    path("groups/<slug:slug>/events/<uuid:pk>/calendar/", views.save_file, name="save-file"),
]
