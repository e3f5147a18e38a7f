from django.urls import path

from positivesocials.newsletter import views

app_name = "newsletter"
urlpatterns = [
    path("letter/", views.ask, name="ask"),
    path("letter/asked/", views.asked, name="show-asked"),
    path("letter/confirm/<str:token>/", views.confirm, name="confirm"),
    path("letter/thanks/<str:token>/", views.thanks, name="show-thanks"),
    path("letter/join/<str:token>/", views.join, name="join"),
    path("letter/receipt/<str:token>/", views.save_receipt, name="save-receipt"),
    path("letter/leave/<str:token>/", views.leave, name="leave"),
    path("letter/left/", views.left, name="show-left"),
]
