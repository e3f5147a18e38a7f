from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import SITE, Until, keeps, public
from positivesocials.core.models import Row

WITHDRAWN = Until("found", "it is no longer public", by="search.services.forget")
EDITORS = Until("word_groups", "an editor removes it", by="search.services.remove_words")


@keeps(
    public("kind", "source_id", "language", "category", "dated_on", why="what is found, and under what"),
    public("title", "headings", "summary", "text", why="the words that anybody may read there"),
    public("terms", "words", why="the same words as they are compared, with their weights"),
    public("number", "stamp", "is_due", why="whether it is up to date"),
    until=WITHDRAWN,
)
class Document(Row):
    """A public text as it is searched. A copy of what anybody may read, made anew from it at any time."""

    kind = models.CharField(max_length=12)
    source_id = models.CharField(max_length=36)
    language = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=80, blank=True)
    dated_on = models.DateField(null=True)
    title = models.CharField(max_length=300)
    headings = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    terms = models.TextField(blank=True)
    words = models.TextField(blank=True)
    stamp = models.CharField(max_length=64, blank=True)
    # Counts up with every change of any document: whoever holds an index asks for what is above its number.
    number = models.PositiveBigIntegerField(default=0, db_index=True)
    is_due = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="search_document_once")]
        indexes = [models.Index(fields=["kind"], condition=models.Q(is_due=True), name="search_document_due")]


@keeps(public("only", "number", "generation", "rule", why="what is up to date"), until=SITE)
class Head(Row):
    """One row: the number of the last change, how often all was made anew, and the rule that weighed it."""

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    number = models.PositiveBigIntegerField(default=0)
    generation = models.PositiveBigIntegerField(default=0)
    rule = models.PositiveIntegerField(default=0)


@keeps(
    public("words", why="words that mean the same in a search"),
    public("shipped", "is_touched", why="whether it came with the software and nobody changed it"),
    until=EDITORS,
)
class WordGroup(Row):
    """Words for one thing, such as STI and STD: who looks for one finds all."""

    words = models.TextField(_("words"), max_length=1000)
    shipped = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 - Many have none.
    is_touched = models.BooleanField(default=False)
