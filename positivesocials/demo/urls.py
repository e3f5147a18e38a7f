from django.urls import path

from positivesocials.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/sign-in/", views.sign_in_as, name="sign-in"),
    path("mailbox/", views.mailbox, name="mailbox"),
]
