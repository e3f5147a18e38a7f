from django.urls import path

from positivesocials.accounts.views import devices, joining, logging_in, ways

app_name = "accounts"
urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/passkey/", joining.join_passkey, name="join-passkey"),
    path("join/passkey/make/", joining.make_first_passkey, name="make-first-passkey"),
    path("join/account/", joining.join_account, name="join-account"),
    path("join/age/", joining.age_shown, name="age-shown"),
    path("join/sent/", joining.join_sent, name="join-sent"),
    path("join/confirm/<str:token>/", joining.confirm, name="confirm"),
    path("join/proven/<str:token>/", joining.join_proven, name="join-proven"),
    path("log-in/", logging_in.log_in, name="log-in"),
    path("log-in/ask/", logging_in.ask_passkey, name="ask-passkey"),
    path("log-in/passkey/", logging_in.log_in_passkey, name="log-in-passkey"),
    path("log-in/code/", logging_in.log_in_code, name="log-in-code"),
    path("log-in/recovery/", logging_in.log_in_recovery, name="log-in-recovery"),
    path("log-out/", logging_in.log_out, name="log-out"),
    path("reset/", logging_in.reset, name="reset"),
    path("reset/sent/", logging_in.reset_sent, name="reset-sent"),
    path("reset/<str:token>/", logging_in.set_password, name="set-password"),
    path("prove/", logging_in.re_prove, name="re-prove"),
    path("prove/passkey/", logging_in.re_prove_passkey, name="re-prove-passkey"),
    path("ways/", ways.show_ways, name="show-ways"),
    path("ways/passkey/", ways.add_passkey, name="add-passkey"),
    path("ways/passkey/<uuid:passkey_id>/remove/", ways.remove_passkey, name="remove-passkey"),
    path("ways/app/", ways.add_app, name="add-app"),
    path("ways/app/remove/", ways.remove_app, name="remove-app"),
    path("ways/codes/", ways.make_codes, name="make-codes"),
    path("ways/codes/new/", ways.show_new_codes, name="show-new-codes"),
    path("ways/address/", ways.change_address, name="change-address"),
    path("ways/address/<str:token>/", ways.confirm_address, name="confirm-address"),
    path("password/", ways.change_password, name="change-password"),
    path("devices/", devices.list_devices, name="list-devices"),
    path("devices/end-others/", devices.end_other_sessions, name="end-other-sessions"),
    path("devices/<uuid:session_id>/end/", devices.end_session, name="end-session"),
]
