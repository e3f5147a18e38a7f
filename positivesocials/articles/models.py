from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from positivesocials.articles import rich, sections
from positivesocials.core.keeping import Until, keeps, public, secret
from positivesocials.core.models import Row
from positivesocials.replies.models import Thread

# Addresses below /news/ that are not articles.
DELETED = Until("articles", "an editor deletes it")


RESERVED = {"feed", "in", "tagged"}
WORDS_A_MINUTE = 200


class Routed(Page):  # type: ignore[misc]
    """A page whose address is one of our own URLs; Wagtail's routing is not mounted."""

    private_page_options: list[str] = []
    promote_panels = [FieldPanel("slug")]

    class Meta:
        abstract = True

    @property
    def path_here(self) -> str:
        raise NotImplementedError

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str]:
        return 0, settings.ORIGIN, self.path_here


class NewsIndex(Routed):
    """The shelf that holds the news posts. The list itself is a view."""

    subpage_types = ["articles.NewsPage"]
    parent_page_types = ["wagtailcore.Page"]
    preview_modes: list[tuple[str, str]] = []
    max_count = 1

    @property
    def path_here(self) -> str:
        return reverse("articles:list-news")


class GuideIndex(Routed):
    """The shelf that holds the guides, in the order in which they are listed."""

    subpage_types = ["articles.GuidePage"]
    parent_page_types = ["wagtailcore.Page"]
    preview_modes: list[tuple[str, str]] = []
    max_count = 1

    @property
    def path_here(self) -> str:
        return reverse("articles:list-guides")


@keeps(public("name", "slug", why="what news is filed under"), until=DELETED)
class Category(Row):
    """What a news post is filed under."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True, allow_unicode=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name


@keeps(public("name", "slug", why="what else news is found under"), until=DELETED)
class Tag(Row):
    """A word that news is found under, beside its category. Tagged posts have a page of their own."""

    LONGEST = 80

    name = models.CharField(_("name"), max_length=LONGEST, unique=True)
    slug = models.SlugField(_("address"), max_length=LONGEST, unique=True, allow_unicode=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return self.name


@keeps(
    public("category", "standfirst", "body", "byline", "source_line", "published_on", why="the article"),
    public("tags", "is_pinned", why="what else it is found under; whether it stays on top"),
    public("takes_replies", "is_demo", why="whether one can reply; whether it is invented"),
    secret("fingerprint", why="the same text is never published twice"),
    until=DELETED,
)
class NewsPage(Routed):
    """A dated post, open to replies."""

    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category")
    )
    tags = ParentalManyToManyField(Tag, blank=True, related_name="+", verbose_name=_("tags"))
    standfirst = models.TextField(_("standfirst"), max_length=600)
    body = RichTextField(_("body"), features=rich.FEATURES)
    byline = models.CharField(_("by"), max_length=120, blank=True)
    source_line = models.CharField(
        _("where it comes from"),
        max_length=300,
        blank=True,
        help_text=_("Leave it empty for a report of your own."),
    )
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    is_pinned = models.BooleanField(_("stays on top of the list"), default=False)
    takes_replies = models.BooleanField(_("open to replies"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    # What it was made from, so that the same text is never published twice.
    fingerprint = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001

    parent_page_types = ["articles.NewsIndex"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["fingerprint"]
    template = "articles/read_news.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("category", widget=forms.Select),
        FieldPanel("tags"),
        FieldPanel("standfirst"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("byline"), FieldPanel("source_line"), FieldPanel("published_on")]),
        FieldPanel("is_pinned"),
        FieldPanel("takes_replies"),
    ]

    class Meta:
        indexes = [models.Index(fields=["-published_on"])]

    @property
    def path_here(self) -> str:
        return reverse("articles:read-news", args=[self.slug])

    @property
    def body_html(self) -> SafeString:
        return rich.safe_html(self.body)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("This address is taken by a page of the site.")})

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the desk's preview shows: the article without its replies."""
        return {"news": self}


@keeps(public("news", "thread", why="the replies below an article"), until=DELETED)
class NewsThread(Row):
    """The replies below one news post. A row of its own: no old draft brings an old thread back."""

    news = models.OneToOneField(NewsPage, on_delete=models.CASCADE, related_name="replies")
    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="+")


@keeps(public("news", "alt", "data", "width", "height", why="a picture below an article"), until=DELETED)
class NewsPicture(Row):
    """A picture below a news post, drawn anew before it was kept. Goes with its article."""

    news = models.ForeignKey(NewsPage, on_delete=models.CASCADE, related_name="pictures")
    alt = models.CharField(_("what the picture shows"), max_length=300)
    data = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt


class SourceBlock(blocks.StructBlock):  # type: ignore[misc]
    key = blocks.RegexBlock(
        regex=sections.KEY, help_text=_("Short name for the marks in the text, such as [^who_2024].")
    )
    title = blocks.CharBlock(max_length=300)
    publisher = blocks.CharBlock(max_length=120)
    url = blocks.URLBlock(required=False)
    date = blocks.CharBlock(max_length=20, required=False)

    class Meta:
        icon = "link"
        label = _("Source")


@keeps(
    public("summary", "text", "sources", "written_by", why="the guide and where its facts come from"),
    public("reviewer", "reviewed_on", "review_due_on", why="who checked it, and by when somebody must again"),
    secret("fingerprint", why="tells whether an editor changed the guide that came with the software"),
    until=DELETED,
)
class GuidePage(Routed):
    """Facts in plain words, each with its source, with the date by which someone must look again."""

    summary = models.TextField(_("summary"), max_length=400)
    text = models.TextField(
        _("text"), help_text=_("Markdown. Each section starts with ##; [^name] marks a source.")
    )
    sources = StreamField([("source", SourceBlock())], blank=True, verbose_name=_("sources"))
    written_by = models.CharField(_("written by"), max_length=120, blank=True)
    reviewer = models.CharField(_("medically reviewed by"), max_length=120, blank=True)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    review_due_on = models.DateField(_("next review on"))
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    parent_page_types = ["articles.GuideIndex"]
    subpage_types: list[str] = []
    template = "articles/read_guide.html"
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("text"),
        FieldPanel("sources"),
        FieldPanel("written_by"),
        MultiFieldPanel([FieldPanel("reviewer"), FieldPanel("reviewed_on"), FieldPanel("review_due_on")]),
    ]

    @property
    def path_here(self) -> str:
        return reverse("articles:read-guide", args=[self.slug])

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewer and self.reviewed_on)

    @property
    def minutes(self) -> int:
        return max(1, round(len(self.text.split()) / WORDS_A_MINUTE))

    @property
    def is_overdue(self) -> bool:
        return self.review_due_on < timezone.localdate()

    @property
    def parts(self) -> sections.Parts:
        return sections.read(self.text, [dict(block.value) for block in self.sources])

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"guide": self, "parts": self.parts}
