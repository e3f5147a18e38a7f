from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic import CreateView, DeleteView
from wagtail.admin.viewsets.model import ModelViewSet

from positivesocials.articles import mark_views, review_views, selectors
from positivesocials.articles.filing_models import Category, Tag
from positivesocials.articles.models import NewsPicture
from positivesocials.articles.picture_desk import PictureForm, Thumbnail, chooser
from positivesocials.articles.picture_models import GuidePicture
from positivesocials.core.uploads import takes_file


class CategoryViewSet(ModelViewSet):  # type: ignore[misc]
    model = Category
    icon = "tag"
    add_to_admin_menu = True
    menu_order = 250
    panels = [FieldPanel("name"), FieldPanel("slug")]
    list_display = ["name", "slug"]


class TagViewSet(ModelViewSet):  # type: ignore[misc]
    model = Tag
    icon = "tag"
    add_to_admin_menu = True
    menu_order = 260
    panels = [FieldPanel("name"), FieldPanel("slug")]
    list_display = ["name", "slug"]


class PictureViewSet(ModelViewSet):  # type: ignore[misc]
    """Pictures come in with an import: here their words are changed, or they are deleted."""

    model = NewsPicture
    icon = "image"
    add_to_admin_menu = True
    menu_order = 270
    panels = [FieldPanel("alt")]
    list_display = ["alt", "news"]


class AddGuidePicture(CreateView):  # type: ignore[misc]
    def save_instance(self) -> GuidePicture:
        picture: GuidePicture = self.form.save()
        return picture


class DeleteGuidePicture(DeleteView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        """What a guide shows stays until the guide shows it no more."""
        if shown := selectors.guides_showing(self.object):
            told = _("Not deleted: it is shown in %(guides)s.") % {"guides": ", ".join(shown)}
            messages.error(self.request, told)
            return redirect(self.get_success_url())
        response: HttpResponse = super().form_valid(form)
        return response


class GuidePictureViewSet(ModelViewSet):  # type: ignore[misc]
    model = GuidePicture
    icon = "image"
    menu_label = _("Pictures for guides")
    menu_name = "guide-pictures"
    add_to_admin_menu = True
    menu_order = 280
    list_display = ["alt", Thumbnail("thumbnail", label=_("Picture"))]
    # Its words are changed, and the picture stays.
    form_fields = ["alt", "caption"]
    edit_template_name = "articles/desk/edit_picture.html"
    add_view_class = AddGuidePicture
    delete_view_class = DeleteGuidePicture

    @property
    def add_view(self) -> Any:
        return takes_file(super().add_view)

    def get_form_class(self, for_update: bool = False) -> Any:
        return super().get_form_class(for_update) if for_update else PictureForm


def not_there(request: HttpRequest) -> HttpResponse:
    raise Http404


class NotKept:
    """Wagtail's admin asks for the addresses of pictures and documents, which this site does not keep."""

    model = type(None)

    @staticmethod
    def get_urlpatterns() -> list[URLPattern]:
        return [path("", not_there, name="listing")]


def no_files(router: Any) -> None:
    router.register_endpoint("images", NotKept)
    router.register_endpoint("documents", NotKept)


def categories() -> Any:
    return CategoryViewSet("categories")


def tags() -> Any:
    return TagViewSet("tags")


def pictures() -> Any:
    return PictureViewSet("pictures")


def guide_pictures() -> Any:
    return GuidePictureViewSet("guide-pictures")


def picture_chooser() -> Any:
    return chooser


def back_to_the_site() -> MenuItem:
    return MenuItem(_("Back to the site"), reverse_lazy("home:home"), icon_name="home", order=5)


def exit_this_page() -> MenuItem:
    """The exit is on every page of the site, so it is here too."""
    attrs = {"data-exit": ""}
    return MenuItem(_("Exit this page"), reverse_lazy("core:leave"), icon_name="logout", order=1, attrs=attrs)


class HeldGuides(Component):  # type: ignore[misc]
    """On the first page of the desk: what readers cannot see, and why."""

    template_name = "articles/desk/held.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"held": selectors.held_guides(), "overdue": selectors.overdue_guides()}


def show_held(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(HeldGuides())


def reviews() -> list[URLPattern]:
    return [
        path("guides/<int:pk>/review/", review_views.review_guide, name="review-guide"),
        path("guides/marks/", mark_views.list_marks, name="list-marks"),
    ]


hooks.register("construct_homepage_panels", show_held)
hooks.register("register_admin_urls", reviews)
hooks.register("register_admin_menu_item", back_to_the_site)
hooks.register("register_admin_menu_item", exit_this_page)
hooks.register("construct_admin_api", no_files)
hooks.register("register_admin_viewset", categories)
hooks.register("register_admin_viewset", tags)
hooks.register("register_admin_viewset", pictures)
hooks.register("register_admin_viewset", guide_pictures)
hooks.register("register_admin_viewset", picture_chooser)
