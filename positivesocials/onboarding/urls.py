from django.urls import path

from positivesocials.onboarding import views

app_name = "onboarding"
urlpatterns = [
    path("start/", views.choose, name="choose"),
    path("start/talk/", views.talk, name="talk"),
    path("start/talk/draw/", views.draw, name="draw"),
    path("start/meet/", views.meet, name="meet"),
    path("start/meet/all/", views.ask_all, name="ask-all"),
    path("start/meet/finish/", views.finish, name="finish"),
    path("start/meet/<slug:step>/", views.ask, name="ask"),
    path("start/beside/", views.beside, name="beside"),
    path("start/<slug:purpose>/", views.begin, name="begin"),
]
