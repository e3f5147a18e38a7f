from django.urls import path

from positivesocials.search import views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("search/words/", views.list_words, name="list-words"),
    path("search/words/<uuid:pk>/", views.change_words, name="change-words"),
    path("search/words/<uuid:pk>/remove/", views.remove_words, name="remove-words"),
]
