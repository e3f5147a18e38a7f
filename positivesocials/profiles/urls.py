from django.urls import path

from positivesocials.profiles import check_views, judge_views, photo_views, views

app_name = "profiles"
urlpatterns = [
    path("me/", views.show_own, name="show-own"),
    path("me/start/", views.start, name="start"),
    path("me/see/", views.see_individual, name="see-individual"),
    path("me/check/", check_views.show_check, name="show-check"),
    path("me/check/pose/", check_views.draw_pose, name="draw-pose"),
    path("me/check/picture/", check_views.send_picture, name="send-picture"),
    path("me/check/call/", check_views.ask_for_call, name="ask-for-call"),
    path("me/check/people/", check_views.ask_to_vouch, name="ask-to-vouch"),
    path("me/check/take-back/", check_views.take_back_check, name="take-back-check"),
    path("me/met/<uuid:vouch_id>/", check_views.vouch, name="vouch"),
    path("me/met/<uuid:vouch_id>/take-back/", check_views.unsay_vouch, name="unsay-vouch"),
    path("checks/", judge_views.list_checks, name="list-checks"),
    path("checks/<uuid:check_id>/", judge_views.judge_check, name="judge-check"),
    path("checks/<uuid:check_id>/picture/", judge_views.show_selfie, name="show-selfie"),
    path("checks/<uuid:check_id>/call/", judge_views.arrange_call, name="arrange-call"),
    path("checks/<uuid:check_id>/yes/", judge_views.pass_check, name="pass-check"),
    path("checks/<uuid:check_id>/no/", judge_views.fail_check, name="fail-check"),
    path("checks/<uuid:check_id>/another/", judge_views.ask_another_pose, name="ask-another-pose"),
    path("checks/<uuid:check_id>/recuse/", judge_views.recuse, name="recuse"),
    path("me/<uuid:profile_id>/", views.show_one, name="show-one"),
    path("me/<uuid:profile_id>/see/", views.see_own, name="see-own"),
    path("me/<uuid:profile_id>/name/", views.rename, name="rename"),
    path("me/<uuid:profile_id>/draw/", views.draw_anew, name="draw-anew"),
    path("me/<uuid:profile_id>/edit/<slug:section>/", views.edit_section, name="edit-section"),
    path("me/<uuid:profile_id>/pause/", views.pause, name="pause"),
    path("me/<uuid:profile_id>/resume/", views.resume, name="resume"),
    path("me/<uuid:profile_id>/hide/", views.hide, name="hide"),
    path("me/<uuid:profile_id>/show/", views.show, name="show"),
    path("me/<uuid:profile_id>/photos/", photo_views.list_photos, name="list-photos"),
    path("me/<uuid:profile_id>/photos/add/", photo_views.add_photo, name="add-photo"),
    path("me/<uuid:profile_id>/photos/<uuid:photo_id>/edit/", photo_views.edit_photo, name="edit-photo"),
    path(
        "me/<uuid:profile_id>/photos/<uuid:photo_id>/remove/", photo_views.remove_photo, name="remove-photo"
    ),
    path(
        "me/<uuid:profile_id>/photos/<uuid:photo_id>/earlier/",
        photo_views.move_photo_earlier,
        name="move-photo-earlier",
    ),
    path(
        "me/<uuid:profile_id>/photos/<uuid:photo_id>/first/",
        photo_views.make_photo_first,
        name="make-photo-first",
    ),
    path(
        "me/<uuid:profile_id>/photos/for/<uuid:other_id>/", photo_views.let_see_photos, name="let-see-photos"
    ),
    path(
        "me/<uuid:profile_id>/photos/for/<uuid:other_id>/end/",
        photo_views.take_back_photos,
        name="take-back-photos",
    ),
    path("photos/<uuid:photo_id>/<slug:size>/", photo_views.show_photo, name="show-photo"),
    path("couple/", views.show_couples, name="show-couples"),
    path("couple/invite/", views.invite, name="invite"),
    path("couple/with/<uuid:link_id>/confirm/", views.confirm, name="confirm"),
    path("couple/with/<uuid:link_id>/take-back/", views.take_back, name="take-back"),
    path("couple/with/<uuid:link_id>/end/", views.end_couple, name="end-couple"),
    path("couple/<str:code>/", views.accept, name="accept"),
]
