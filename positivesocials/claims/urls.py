from django.urls import path

from positivesocials.claims import views

app_name = "claims"
one = "facts/<uuid:claim_id>/"
urlpatterns = [
    path("facts/", views.list_facts, name="list-facts"),
    path("facts/add/", views.add, name="add-fact"),
    path("facts/source/<uuid:source_id>/", views.confirm_source, name="confirm-source"),
    path(one, views.show_fact, name="show-fact"),
    path(f"{one}confirm/", views.confirm, name="confirm-fact"),
    path(f"{one}correct/", views.correct, name="correct-fact"),
    path(f"{one}withdraw/", views.withdraw, name="withdraw-fact"),
]
