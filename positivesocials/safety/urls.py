from django.urls import path

from positivesocials.safety import views

app_name = "safety"
urlpatterns = [
    path("block/<uuid:profile_id>/", views.block_profile, name="block-profile"),
    path("block/item/<slug:kind>/<uuid:item_id>/", views.block_item, name="block-item"),
    path("blocks/", views.list_blocks, name="list-blocks"),
    path("hidden-words/", views.choose_words, name="choose-words"),
    path("blocks/<uuid:together>/lift/", views.lift_block, name="lift-block"),
]
