from django.urls import path

from positivesocials.messaging import link_views, opener_views, views

app_name = "messaging"
one = "conversations/<uuid:conversation_id>/"
urlpatterns = [
    path("conversations/", views.list_conversations, name="list-conversations"),
    path("conversations/unread/", views.count_unread, name="count-unread"),
    path(one, views.show_conversation, name="show-conversation"),
    path(f"{one}send/", views.send_message, name="send-message"),
    path(f"{one}after/", views.show_news, name="show-all-news"),
    path(f"{one}after/<uuid:message_id>/", views.show_news, name="show-news"),
    path(f"{one}line/<uuid:message_id>/", views.show_line, name="show-line"),
    path(f"{one}remove/<uuid:message_id>/", views.remove_message, name="remove-message"),
    path(f"{one}link/<uuid:message_id>/<slug:which>/", link_views.show_link, name="show-link"),
    path(f"{one}more/", views.show_more, name="show-more"),
    path(f"{one}leave/", views.leave_conversation, name="leave-conversation"),
    path("requests/", opener_views.list_requests, name="list-requests"),
    path("requests/to/<uuid:profile_id>/", opener_views.write_first, name="write-first"),
    path("requests/<uuid:request_id>/accept/", opener_views.accept, name="accept-request"),
    path("requests/<uuid:request_id>/decline/", opener_views.decline, name="decline-request"),
    path("requests/<uuid:request_id>/back/", opener_views.take_back, name="take-back-request"),
]
