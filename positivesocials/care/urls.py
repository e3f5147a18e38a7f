from django.urls import path

from positivesocials.care import views

app_name = "care"
one = "helplines/<slug:key>/"
urlpatterns = [
    path("help-now/country/", views.choose_country, name="choose-country"),
    path("helplines/", views.list_lines, name="list-lines"),
    path("helplines/add/", views.add_line, name="add-line"),
    path(one, views.change_line, name="change-line"),
    path(f"{one}check/", views.check_line, name="check-line"),
    path(f"{one}withdraw/", views.withdraw_line, name="withdraw-line"),
]
