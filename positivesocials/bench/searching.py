"""Searches over many invented documents, as they are served: whole pages, from the request to the last byte.

The texts are made of a vocabulary in which few words are common and most are rare, as in any language. Posts
are sealed as members' are. Questions are single words, several, mistyped ones and beginnings.
"""

import statistics
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
from django.apps import apps
from django.db import transaction
from django.test import Client

from positivesocials.accounts import services as accounts
from positivesocials.articles import services as articles
from positivesocials.articles.models import NewsPage
from positivesocials.groups import founding
from positivesocials.groups import services as groups
from positivesocials.profiles import services as profiles
from positivesocials.search import index, services

WORDS = 30_000
WORDS_A_TEXT = 250
POSTS = 250
ASKED = 150
PASSES = 3
AT_ONCE = 500
SYLLABLES = [a + b for a in "bdfgklmnprst" for b in ("a", "e", "o", "in")]
TYPED = ["herpes", "clap", "clamydia", "how do i tell my partner", "HSV-2", "condón", "scabeis", "u=u"]


def run(*, documents: int, seed: int = 1) -> dict[str, Any]:
    began = time.perf_counter()
    words = fill(documents, seed=seed)
    filled = time.perf_counter()
    services.rebuild()
    indexed = time.perf_counter()
    index.forget()
    held = index.current()
    laid_out = time.perf_counter()
    figures = measure(words, seed=seed)
    return {
        "documents": held.count,
        "seed_seconds": round(filled - began, 1),
        "index_seconds": round(indexed - filled, 1),
        "lay_out_ms": round((laid_out - indexed) * 1000),
        "index_mb": round(_size(held) / 1e6, 1),
        **figures,
    }


def fill(documents: int, *, seed: int = 1) -> list[str]:
    """So many documents, and sealed posts; gives the vocabulary, common words first."""
    draw = np.random.default_rng(seed)
    articles.load_guides()
    services.load_words()
    words = _vocabulary(draw)
    _news(draw, words, documents)
    _posts(draw, words)
    return words


def measure(words: Sequence[str], *, seed: int = 1) -> dict[str, Any]:
    """The best of three passes over the same questions. `cpu`: of that, what this process worked."""
    asked = _questions(np.random.default_rng(seed + 1), words)
    browser = Client(headers={"host": "localhost"})
    return _figures("search", browser, "/search/", asked) | _figures(
        "suggest", browser, "/search/suggest/", asked
    )


def _figures(name: str, browser: Client, path: str, asked: Sequence[str]) -> dict[str, Any]:
    passes = [_pass(browser, path, asked) for _number in range(PASSES)]
    took, worked = (min(column, key=lambda times: times[94]) for column in zip(*passes, strict=True))
    return {
        f"{name}_p50_ms": round(took[49], 1),
        f"{name}_p95_ms": round(took[94], 1),
        f"{name}_cpu_p95_ms": round(worked[94], 1),
    }


def _pass(browser: Client, path: str, asked: Sequence[str]) -> tuple[list[float], list[float]]:
    """Hundredths of how long pages took, and of how long this process worked for them."""
    took, worked = [], []
    for number, words in enumerate(asked):
        began, idle = time.perf_counter(), time.process_time()
        # Each from an address of its own, as the limits count callers.
        answer = browser.get(path, {"q": words}, REMOTE_ADDR=f"10.0.0.{number}")
        worked.append((time.process_time() - idle) * 1000)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(answer.status_code)
    return _hundredths(took), _hundredths(worked)


def _hundredths(times: Sequence[float]) -> list[float]:
    return statistics.quantiles(times, n=100, method="inclusive")


def _vocabulary(draw: np.random.Generator) -> list[str]:
    made = {"".join(draw.choice(SYLLABLES, size=draw.integers(2, 5))) for _ in range(WORDS * 2)}
    return sorted(made, key=lambda word: (len(word), word))[:WORDS]


def _text(draw: np.random.Generator, words: Sequence[str], length: int) -> str:
    # Zipf's law, cut off at the size of the vocabulary.
    ranks = np.minimum(draw.zipf(1.25, size=length), len(words)) - 1
    return " ".join(words[rank] for rank in ranks)


def _questions(draw: np.random.Generator, words: Sequence[str]) -> list[str]:
    """What people type; then frequent and rare words, one to four, some cut off, some with a slip."""
    asked = list(TYPED)
    while len(asked) < ASKED:
        some = _text(draw, words[: len(words) // 3], int(draw.integers(1, 5)))
        kind = len(asked) % 5
        if kind == 0:
            some = some[:-1]
        if kind == 1:
            some = some[1] + some[0] + some[2:]
        asked.append(some)
    return asked


def _news(draw: np.random.Generator, words: Sequence[str], count: int) -> None:
    """Published posts as rows of both their tables, as fast as a database takes them."""
    told = {
        "category": "Town",
        "standfirst": "One.",
        "paragraphs": ["Two."],
        "published_on": date(2026, 1, 1),
    }
    model = articles.publish_news(title="A first one", **told)  # type: ignore[arg-type]  # As publish_news.
    page = apps.get_model("wagtailcore", "Page")
    shelf = model.get_parent()
    shared = {name: getattr(model, name) for name in ("depth", "content_type_id", "locale_id")}
    for start in range(0, count, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, count))
        bases = [
            page(
                title=_text(draw, words, int(draw.integers(4, 9))).capitalize(),
                draft_title="",
                slug=f"bench-{number}",
                path=page._get_path(shelf.path, model.depth, number + 2),
                url_path=f"{shelf.url_path}bench-{number}/",
                live=True,
                first_published_at=model.first_published_at,
                **shared,
            )
            for number in numbers
        ]
        with transaction.atomic():
            for base in page.objects.bulk_create(bases):
                _post_of(base, draw, words, model.category_id)


def _post_of(base: Any, draw: np.random.Generator, words: Sequence[str], category_id: Any) -> None:
    length = int(draw.integers(WORDS_A_TEXT // 2, WORDS_A_TEXT * 3 // 2))
    NewsPage(
        page_ptr_id=base.pk,
        category_id=category_id,
        standfirst=_text(draw, words, 18),
        body=f"<p>{_text(draw, words, length)}</p>",
        published_on=date(2020, 1, 1) + timedelta(days=int(draw.integers(2000))),
    ).save_base(raw=True, force_insert=True)


def _posts(draw: np.random.Generator, words: Sequence[str]) -> None:
    """More sealed posts than a search opens, each of a member of its own."""
    group = founding.found_welcome()
    for _number in range(POSTS):
        author = accounts.open_account()
        profiles.make_individual(author, name="Alder")
        text = _text(draw, words, 60)
        post = groups.write_post(author, group, title="", text=text, client_key=uuid4().hex)
        groups.approve(post.pk)


def _size(held: index.Index) -> int:
    """What the large arrays and the table of terms take, without the words of the titles."""
    return sum(
        part.documents.nbytes + part.weights.nbytes + sys.getsizeof(part.spans) + 150 * len(part.spans)
        for part in held.parts
    )
