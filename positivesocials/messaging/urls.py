from django.urls import path

from positivesocials.messaging import edit_views, photo_views, reaction_views, views

app_name = "messaging"
one = "conversations/<uuid:conversation_id>/"
urlpatterns = [
    path("conversations/", views.list_conversations, name="list-conversations"),
    path("conversations/unread/", views.count_unread, name="count-unread"),
    path(one, views.show_conversation, name="show-conversation"),
    path(f"{one}send/", views.send_message, name="send-message"),
    path(f"{one}photo/", photo_views.send_photo, name="send-photo"),
    path(f"{one}photo/<uuid:message_id>/<slug:size>/", photo_views.show_sent_photo, name="show-sent-photo"),
    path(f"{one}after/", views.show_news, name="show-all-news"),
    path(f"{one}after/<uuid:message_id>/", views.show_news, name="show-news"),
    path(f"{one}line/<uuid:message_id>/", views.show_line, name="show-line"),
    path(f"{one}edit/<uuid:message_id>/", edit_views.edit_message, name="edit-message"),
    path(f"{one}remove/<uuid:message_id>/", views.remove_message, name="remove-message"),
    path(f"{one}react/<uuid:message_id>/", reaction_views.react, name="react"),
    path(f"{one}react/<uuid:message_id>/back/", reaction_views.take_reaction_back, name="take-reaction-back"),
    path(f"{one}more/", views.show_more, name="show-more"),
    path(f"{one}leave/", views.leave_conversation, name="leave-conversation"),
]
