from django.urls import path

from positivesocials.matching import couple_views, views

app_name = "matching"
urlpatterns = [
    path("people/", views.list_people, name="list-people"),
    path("people/likes/", views.list_likes, name="list-likes"),
    path("people/later/", views.list_later, name="list-later"),
    path("people/order/", views.show_order, name="show-order"),
    path("people/looking-for/", views.save_wishes, name="save-wishes"),
    path("people/step/", views.take_step, name="take-step"),
    path("people/tell/", views.ask_to_be_told, name="ask-to-be-told"),
    path("people/tell/stop/", views.stop_waiting, name="stop-waiting"),
    path("people/on/", views.switch_on, name="switch-on"),
    path("people/off/", views.switch_off, name="switch-off"),
    path("people/questions/", views.list_questions, name="list-questions"),
    path("people/questions/<slug:question>/", views.answer_question, name="answer-question"),
    path("people/questions/<slug:question>/back/", views.withdraw_answer, name="withdraw-answer"),
    path("people/two/<uuid:profile_id>/", couple_views.show_together, name="show-together"),
    path("people/two/<uuid:profile_id>/both/", couple_views.need_both, name="need-both"),
    path("people/two/<uuid:profile_id>/either/", couple_views.let_either, name="let-either"),
    path("people/<uuid:profile_id>/", views.show_profile, name="show-profile"),
    path("people/<uuid:profile_id>/common/", views.show_common, name="show-common"),
    path("people/<uuid:profile_id>/like/", views.like, name="like"),
    path("people/<uuid:profile_id>/later/", views.keep_for_later, name="keep-for-later"),
    path("people/<uuid:profile_id>/not-now/", views.say_not_now, name="say-not-now"),
    path("people/<uuid:profile_id>/undo/", views.undo, name="undo"),
    path("people/<uuid:profile_id>/part/", views.unmatch, name="unmatch"),
]
