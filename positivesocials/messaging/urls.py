from django.urls import path

from positivesocials.messaging import (
    edit_views,
    link_views,
    opener_views,
    photo_views,
    reaction_views,
    search_views,
    seat_views,
    views,
)

app_name = "messaging"
one = "conversations/<uuid:conversation_id>/"
urlpatterns = [
    path("conversations/", views.list_conversations, name="list-conversations"),
    path("conversations/unread/", views.count_unread, name="count-unread"),
    path("conversations/search/", search_views.search, name="search"),
    path("conversations/read-marks/", seat_views.show_read_marks, name="show-read-marks"),
    path("conversations/read-marks/on/", seat_views.switch_marks_on, name="switch-marks-on"),
    path("conversations/read-marks/off/", seat_views.switch_marks_off, name="switch-marks-off"),
    path(one, views.show_conversation, name="show-conversation"),
    path(f"{one}send/", views.send_message, name="send-message"),
    path(f"{one}photo/", photo_views.send_photo, name="send-photo"),
    path(f"{one}photo/<uuid:message_id>/<slug:size>/", photo_views.show_sent_photo, name="show-sent-photo"),
    path(f"{one}after/", views.show_news, name="show-all-news"),
    path(f"{one}after/<uuid:message_id>/", views.show_news, name="show-news"),
    path(f"{one}line/<uuid:message_id>/", views.show_line, name="show-line"),
    path(f"{one}edit/<uuid:message_id>/", edit_views.edit_message, name="edit-message"),
    path(f"{one}at/<uuid:message_id>/", search_views.show_message, name="show-message"),
    path(f"{one}remove/<uuid:message_id>/", views.remove_message, name="remove-message"),
    path(f"{one}link/<uuid:message_id>/<slug:which>/", link_views.show_link, name="show-link"),
    path(f"{one}react/<uuid:message_id>/", reaction_views.react, name="react"),
    path(f"{one}react/<uuid:message_id>/back/", reaction_views.take_reaction_back, name="take-reaction-back"),
    path(f"{one}more/", views.show_more, name="show-more"),
    path(f"{one}leave/", views.leave_conversation, name="leave-conversation"),
    path(f"{one}draft/", seat_views.keep_draft, name="keep-draft"),
    path(f"{one}mute/", seat_views.mute, name="mute"),
    path(f"{one}unmute/", seat_views.unmute, name="unmute"),
    path(f"{one}archive/", seat_views.archive, name="archive"),
    path(f"{one}unarchive/", seat_views.unarchive, name="unarchive"),
    path("requests/", opener_views.list_requests, name="list-requests"),
    path("requests/to/<uuid:profile_id>/", opener_views.write_first, name="write-first"),
    path("requests/<uuid:request_id>/accept/", opener_views.accept, name="accept-request"),
    path("requests/<uuid:request_id>/decline/", opener_views.decline, name="decline-request"),
    path("requests/<uuid:request_id>/back/", opener_views.take_back, name="take-back-request"),
]
