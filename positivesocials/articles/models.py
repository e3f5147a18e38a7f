import hashlib
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from positivesocials.articles import page_forms, picture_models, publishing, rich, sections, translating
from positivesocials.articles.filing_models import DELETED, Category, Tag
from positivesocials.articles.publishing import Kind as Kind
from positivesocials.articles.source_blocks import SourceBlock, source_of
from positivesocials.articles.uses_panel import UsesPanel
from positivesocials.claims import selectors as claims
from positivesocials.core.keeping import Until, keeps, members, public, secret
from positivesocials.core.models import Row
from positivesocials.core.refusals import Refused
from positivesocials.replies.models import Thread

# Addresses below /news/ that are not articles.
RESERVED = {"archive", "feed", "in", "tagged"}
LETTERS_A_MINUTE = 1200
RESERVED_FOR_GUIDES = {"all"}
BROUGHT_BACK = Until("brought_back", "the operator brings it back", by="articles.guides.bring_back")


class Routed(Page):  # type: ignore[misc]
    """A page whose address is one of our own URLs; Wagtail's routing is not mounted."""

    private_page_options: list[str] = []
    promote_panels = [FieldPanel("slug")]
    base_form_class = page_forms.CarefulPageForm

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


@keeps(
    public("category", "standfirst", "body", "byline", "source_line", "published_on", why="the article"),
    public("tags", "is_pinned", why="what else it is found under; whether it stays on top"),
    public("canonical_url", "content_note", why="where the whole of it is; what is hard to read in it"),
    public("takes_replies", "replies_days", why="whether one can reply, and for how long"),
    public("is_demo", why="whether it is invented"),
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
    body = RichTextField(_("body"), features=rich.FEATURES, blank=True)
    byline = models.CharField(_("by"), max_length=120, blank=True)
    source_line = models.CharField(
        _("where it comes from"),
        max_length=300,
        blank=True,
        help_text=_("Leave it empty for a report of your own."),
    )
    canonical_url = models.CharField(
        _("address of the original"),
        max_length=2000,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Where the whole text is, if it is not here: readers are led there."),
    )
    content_note = models.CharField(
        _("content note"),
        max_length=200,
        blank=True,
        help_text=_("One line before the text, where it may be hard to read."),
    )
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    is_pinned = models.BooleanField(_("stays on top of the list"), default=False)
    takes_replies = models.BooleanField(_("open to replies"), default=True)
    replies_days = models.PositiveSmallIntegerField(
        _("close replies after days"),
        null=True,
        blank=True,
        help_text=_(
            "Counted from the day of publishing; 0 for never. Leave it empty for what the site does."
        ),
    )
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
        FieldPanel("content_note"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("byline", "source_line", "canonical_url", "published_on")]
        ),
        FieldPanel("is_pinned"),
        MultiFieldPanel([FieldPanel("takes_replies"), FieldPanel("replies_days")]),
    ]

    class Meta:
        indexes = [models.Index(fields=["-published_on"])]

    @property
    def path_here(self) -> str:
        return reverse("articles:read-news", args=[self.slug])

    @property
    def body_html(self) -> SafeString:
        return rich.safe_html(self.body)

    @property
    def replies_until(self) -> date | None:
        """The last day on which one can reply; none where replies never close by age."""
        days = settings.REPLIES_CLOSE_AFTER if self.replies_days is None else self.replies_days
        return self.published_on + timedelta(days=days) if days else None

    @property
    def is_open(self) -> bool:
        until = self.replies_until
        return bool(self.takes_replies) and (until is None or timezone.localdate() <= until)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("This address is taken by a page of the site.")})
        if not (self.body or self.canonical_url):
            raise ValidationError({"body": _("Write the text, or say where the whole of it is.")})

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


@keeps(
    public("summary", "text", "sources", "written_by", why="the guide and where its facts come from"),
    public("kind", "conditions", why="what it is about, and where it stands in the list"),
    public("reviewer", "reviewed_on", "review_due_on", why="who checked it, and by when somebody must again"),
    secret("fingerprint", why="tells whether an editor changed the guide that came with the software"),
    secret("translated_from", why="tells which sections of the original have changed since its translation"),
    secret("reviewed_text", why="tells whether the text has changed since its review"),
    members("is_held", why="it is published once what it needs is confirmed"),
    until=DELETED,
)
class GuidePage(Routed):
    """Facts in plain words, each with its source, with the date by which someone must look again."""

    summary = models.TextField(_("summary"), max_length=400)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.SEXUAL_HEALTH)
    conditions = models.CharField(_("conditions"), max_length=300, blank=True)
    text = models.TextField(
        _("text"),
        help_text=_(
            "Markdown. Each section starts with ##; [^name] marks a source, {{name}} prints a confirmed "
            "claim, {{table testing hiv}} draws a block. A box begins with ::: warning, ::: do or ::: dont "
            "and ends with :::."
        ),
    )
    sources = StreamField(
        [("source", SourceBlock())],
        blank=True,
        verbose_name=_("further sources"),
        help_text=_("Only what the claims do not name already."),
    )
    written_by = models.CharField(_("written by"), max_length=120, blank=True)
    # The three of a review are set by "I have reviewed this" alone, and belong to the text they were said of.
    reviewer = models.CharField(_("medically reviewed by"), max_length=250, blank=True, editable=False)
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True, editable=False)
    reviewed_text = models.CharField(max_length=64, blank=True, editable=False)
    review_due_on = models.DateField(_("next review on"))
    is_held = models.BooleanField(default=False, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    # Of a translation: the prints of what was translated, piece by piece.
    translated_from = models.JSONField(default=dict, blank=True, editable=False)

    parent_page_types = ["articles.GuideIndex"]
    subpage_types: list[str] = []
    base_form_class = page_forms.GuideForm
    exclude_fields_in_copy = ["fingerprint", "reviewer", "reviewed_on", "reviewed_text", "is_held"]
    template = "articles/read_guide.html"
    content_panels = [
        UsesPanel(heading=_("What this guide stands on")),
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("conditions")], heading=_("About")),
        FieldPanel("text"),
        FieldPanel("sources"),
        FieldPanel("written_by"),
        FieldPanel("review_due_on"),
    ]

    @property
    def path_here(self) -> str:
        if self.is_translation:
            return reverse("articles:read-guide-in", args=[self.slug, self.locale.language_code])
        return reverse("articles:read-guide", args=[self.slug])

    @property
    def is_translation(self) -> bool:
        return bool(self.locale_id) and self.locale.language_code != settings.LANGUAGE_CODE

    @cached_property
    def original(self) -> "GuidePage | None":
        """What a translation is a translation of."""
        if not self.is_translation:
            return None
        pages = GuidePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        found: GuidePage | None = pages.filter(translation_key=self.translation_key).first()
        return found

    @property
    def wording(self) -> translating.Wording:
        return translating.Wording(self.title, self.summary, self.text)

    @property
    def has_original_changed(self) -> bool:
        return bool(self.original and translating.changed(self.original.wording, self.translated_from))

    @property
    def subjects(self) -> list[str]:
        return str(self.conditions).split()

    @property
    def text_hash(self) -> str:
        """Of every word that a review is said of: the text, and what stands above it and in the lists."""
        words = "\x1f".join((self.title, self.summary, self.text))
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def is_reviewed(self) -> bool:
        """Somebody said so of this very text."""
        return bool(self.reviewer and self.reviewed_on) and not self.has_changed_since_review

    @property
    def has_changed_since_review(self) -> bool:
        return bool(self.reviewer) and self.reviewed_text != self.text_hash

    @property
    def minutes(self) -> int:
        # A list that leaves the text where it is brings the number of its letters along.
        letters: int = getattr(self, "letters", None) or len(self.text)
        return max(1, round(letters / LETTERS_A_MINUTE))

    @property
    def is_overdue(self) -> bool:
        return self.review_due_on < timezone.localdate()

    @property
    def own_sources(self) -> list[claims.Source]:
        return [source_of(block.value) for block in self.sources]

    @property
    def draft(self) -> publishing.Draft:
        own = {source.key for source in self.own_sources}
        return publishing.Draft(self.text, self.kind, self.subjects, self.review_due_on, own)

    @property
    def named(self) -> sections.Named:
        return sections.named(self.text)

    def parts(self, facts: claims.Facts, *, prefix: str = "") -> sections.Parts:
        how: dict[str, Any] = {"language": self.locale.language_code, "prefix": prefix}
        pictures = picture_models.shown(sections.pictures_in(self.text))
        return sections.read(self.text, facts, self.own_sources, pictures=pictures, **how)

    def reasons_against(self) -> list[str]:
        """Why it may not be published as it stands here; none when it may."""
        return [*publishing.reasons_against(self.draft), *self.reasons_beside_original(self.wording)]

    def reasons_beside_original(self, wording: translating.Wording) -> list[str]:
        if not self.is_translation:
            return []
        if not self.original:
            return [str(_("There is no original that it translates."))]
        reasons = list(translating.reasons_against(self.original.wording, wording))
        return reasons if self.original.live else [str(_("The original is not published.")), *reasons]

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_FOR_GUIDES:
            raise ValidationError({"slug": _("This address is taken by a page of the site.")})

    def publish(self, revision: Any, *args: Any, **options: Any) -> Any:
        """Whatever publishes it: the desk's lists and its clock included."""
        if reasons := revision.as_object().reasons_against():
            raise Refused(" ".join(reasons))
        return super().publish(revision, *args, **options)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {"guide": self, "parts": self.parts(claims.facts())}


@keeps(
    public("name", "page", why="an update brings back no guide that an editor deleted"), until=BROUGHT_BACK
)
class ShippedGuide(Row):
    """A guide that came with the software, by the name it ships under. Without a page: it was deleted."""

    name = models.CharField(max_length=80, unique=True)
    page = models.OneToOneField(GuidePage, null=True, on_delete=models.SET_NULL, related_name="+")
