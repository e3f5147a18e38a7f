from django.urls import path

from positivesocials.accounts import views

app_name = "accounts"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/account/", views.join_account, name="join-account"),
    path("join/sent/", views.join_sent, name="join-sent"),
    path("join/confirm/<str:token>/", views.confirm, name="confirm"),
    path("join/proven/<str:token>/", views.join_proven, name="join-proven"),
    path("log-in/", views.log_in, name="log-in"),
    path("log-out/", views.log_out, name="log-out"),
    path("reset/", views.reset, name="reset"),
    path("reset/sent/", views.reset_sent, name="reset-sent"),
    path("reset/<str:token>/", views.set_password, name="set-password"),
    path("prove/", views.re_prove, name="re-prove"),
    path("password/", views.change_password, name="change-password"),
    path("devices/", views.list_devices, name="list-devices"),
    path("devices/end-others/", views.end_other_sessions, name="end-other-sessions"),
    path("devices/<uuid:session_id>/end/", views.end_session, name="end-session"),
]
