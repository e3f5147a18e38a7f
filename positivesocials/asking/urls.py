from django.urls import path

from positivesocials.asking import check_views, views

app_name = "asking"
one = "ask/<uuid:pk>/"
urlpatterns = [
    path("ask/", views.list_answered, name="list-answered"),
    path("ask/new/", views.ask, name="ask"),
    path("ask/alike/", views.list_alike, name="list-alike"),
    path("ask/mine/", views.list_own, name="list-own"),
    path("ask/waiting/", views.list_waiting, name="list-waiting"),
    path("ask/answers/", check_views.apply, name="apply"),
    path("ask/answers/end/", check_views.take_back, name="take-back"),
    path("ask/answers/checks/", check_views.list_professionals, name="list-professionals"),
    path("ask/answers/checks/<uuid:pk>/", check_views.verify, name="verify"),
    path("ask/answers/checks/<uuid:pk>/end/", check_views.end, name="end"),
    path("ask/answers/<uuid:answer_id>/erase/", views.erase_answer, name="erase-answer"),
    path(one, views.show_question, name="show-question"),
    path(f"{one}add/", views.add, name="add"),
    path(f"{one}answer/", views.answer, name="answer"),
    path(f"{one}share/", views.share, name="share"),
    path(f"{one}keep-private/", views.keep_private, name="keep-private"),
    path(f"{one}erase/", views.erase_question, name="erase-question"),
    path(f"{one}accept/<uuid:answer_id>/", views.accept, name="accept"),
]
