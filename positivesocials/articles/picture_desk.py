"""Pictures for guides at the desk: chosen in a text or added there, and put into words."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks import ChooserBlock

from positivesocials.articles.picture_models import GuidePicture
from positivesocials.core import images
from positivesocials.core.uploads import takes_file


def _words(name: str) -> Any:
    """As the model has it: required, or not."""
    return GuidePicture._meta.get_field(name).formfield()  # type: ignore[union-attr]


class PictureForm(forms.Form):
    """A picture comes in: drawn anew, or refused with a sentence."""

    file = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG or WebP, at most 10 MB. Where, when and by what it was taken is removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = _words("alt")
    caption = _words("caption")

    def __init__(self, *args: Any, instance: GuidePicture | None = None, **options: Any) -> None:
        """Wagtail offers a row to fill; there is none before the picture is drawn."""
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        # Drawn last, and only for a form that will be saved.
        if not self.errors:
            self._draw(cleaned["file"])
        return cleaned

    def _draw(self, file: "UploadedFile[Any]") -> None:
        try:
            if (file.size or 0) > images.LARGEST_UPLOAD:
                raise images.PictureRefused("heavy")
            self.drawn = images.reencoded(file.read())
        except images.PictureRefused as refused:
            self.add_error("file", ValidationError(refused.message))

    def save(self) -> GuidePicture:
        said, drawn = self.cleaned_data, self.drawn
        return GuidePicture.objects.create(
            alt=said["alt"], caption=said["caption"], data=drawn.data, width=drawn.width, height=drawn.height
        )


class Thumbnail(Column):  # type: ignore[misc]
    cell_template_name = "articles/desk/thumbnail.html"


def _columns(title: Any) -> list[Any]:
    return [Thumbnail("thumbnail", label=_("Picture")), title]


class Choose(ChooseView):  # type: ignore[misc]
    @property
    def columns(self) -> list[Any]:
        return _columns(self.title_column)


class ChooseResults(ChooseResultsView):  # type: ignore[misc]
    @property
    def columns(self) -> list[Any]:
        return _columns(self.title_column)


class PictureChooser(BaseChooser):  # type: ignore[misc]
    def get_value_data_from_instance(self, instance: GuidePicture) -> dict[str, Any]:
        data: dict[str, Any] = super().get_value_data_from_instance(instance)
        return data | {"id": str(instance.pk)}


class ByKey(ChooserBlock):  # type: ignore[misc]
    """Texts name a picture by its key as text, and rows are found under the key itself."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        found: list[Any] = super().bulk_to_python([UUID(str(value)) if value else None for value in values])
        return found


class PictureChooserViewSet(ChooserViewSet):  # type: ignore[misc]
    model = GuidePicture
    icon = "image"
    choose_one_text = _("Choose or add a picture")
    choose_another_text = _("Choose another picture")
    edit_item_text = _("Change its words")
    creation_tab_label = _("Add a picture")
    create_action_label = _("Add this picture")
    creation_form_class = PictureForm
    choose_view_class = Choose
    choose_results_view_class = ChooseResults
    base_widget_class = PictureChooser
    base_block_class = ByKey

    @property
    def create_view(self) -> Any:
        return takes_file(super().create_view)


chooser = PictureChooserViewSet("choose_guide_picture", url_prefix="choose-picture")
PictureChooserBlock: Any = chooser.get_block_class(
    name="PictureChooserBlock", module_path="positivesocials.articles.picture_desk"
)
