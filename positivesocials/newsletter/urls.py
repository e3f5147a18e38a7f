from django.urls import path

from positivesocials.newsletter import issue_views, views

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
    path("letter/topics/<str:token>/", views.choose_topics, name="choose-topics"),
    path("newsletter/", views.list_past, name="list-past"),
    path("newsletter/<uuid:issue_id>/", views.read_past, name="read-past"),
    path("letters/", issue_views.list_issues, name="list-issues"),
    path("letters/new/", issue_views.start, name="start-issue"),
    path("letters/topics/", issue_views.list_topics, name="list-topics"),
    path("letters/topics/<uuid:topic_id>/close/", issue_views.close_topic, name="close-topic"),
    path("letters/topics/<uuid:topic_id>/open/", issue_views.open_topic, name="open-topic"),
    path("letters/<uuid:issue_id>/", issue_views.edit, name="edit-issue"),
    path("letters/<uuid:issue_id>/add/<slug:key>/", issue_views.add_item, name="add-item"),
    path("letters/<uuid:issue_id>/take-out/<slug:key>/", issue_views.remove_item, name="remove-item"),
    path("letters/<uuid:issue_id>/earlier/<slug:key>/", issue_views.move_earlier, name="move-item-earlier"),
    path("letters/<uuid:issue_id>/preview/", issue_views.preview, name="preview-issue"),
    path("letters/<uuid:issue_id>/preview/page/", issue_views.preview_page, name="preview-page"),
    path("letters/<uuid:issue_id>/test/", issue_views.send_test, name="send-test"),
    path("letters/<uuid:issue_id>/schedule/", issue_views.schedule, name="schedule-issue"),
    path("letters/<uuid:issue_id>/unschedule/", issue_views.unschedule, name="unschedule-issue"),
    path("letters/<uuid:issue_id>/send/", issue_views.send, name="send-issue"),
    path("letters/<uuid:issue_id>/stop/", issue_views.stop, name="stop-issue"),
    path("letters/<uuid:issue_id>/drop/", issue_views.drop, name="drop-issue"),
]
