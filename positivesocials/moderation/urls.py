from django.urls import path

from positivesocials.moderation import views

app_name = "moderation"
urlpatterns = [
    path("report/<slug:kind>/<uuid:item_id>/", views.report, name="report"),
    path("report/<slug:kind>/<uuid:item_id>/thanks/", views.thank_reporter, name="thank-reporter"),
    path("report/<slug:kind>/<uuid:item_id>/block/", views.block_author, name="block-author"),
    path("who-looked/", views.list_looks, name="list-looks"),
    path("queue/", views.show_queue, name="show-queue"),
    path("queue/<slug:kind>/<uuid:item_id>/", views.show_case, name="show-case"),
    path(
        "queue/<slug:kind>/<uuid:item_id>/picture/<uuid:row_id>/<int:number>/",
        views.show_picture,
        name="show-picture",
    ),
    path("queue/<slug:kind>/<uuid:item_id>/approve/", views.approve, name="approve-item"),
    path("queue/<slug:kind>/<uuid:item_id>/remove/", views.remove, name="remove-item"),
    path("queue/<slug:kind>/<uuid:item_id>/no-action/", views.leave_standing, name="leave-standing"),
]
