from typing import Any

from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from positivesocials.articles.models import Category


class CategoryViewSet(ModelViewSet):  # type: ignore[misc]
    model = Category
    icon = "tag"
    add_to_admin_menu = True
    menu_order = 250
    panels = [FieldPanel("name"), FieldPanel("slug")]
    list_display = ["name", "slug"]


def categories() -> Any:
    return CategoryViewSet("categories")


hooks.register("register_admin_viewset", categories)
