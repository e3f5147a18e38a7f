"""A file that somebody hands to `import-article`: it becomes an article or is refused in a sentence."""

import random

import pytest
from django.test import Client

from positivesocials.articles import services
from positivesocials.core.refusals import Refused
from tests.hostile import inputs

HEAD = "A headline of our own | Town News\n\nOne sentence.\n\n"


def files() -> list[bytes]:
    """Each odd text as the whole file, as the headline and as a paragraph; and bytes that are no text."""
    texts = [text.encode("utf-8", "surrogatepass") for text in inputs.OWN]
    plain = HEAD.encode()
    heads = [b"%b | Town News\n\nOne sentence.\n\nA paragraph.\n" % text for text in texts]
    draw = random.Random(1)
    cut = [plain[: draw.randrange(len(plain))] for _ in range(10)]
    odd = [plain.decode().encode(code) for code in ("utf-16", "utf-32", "utf-8-sig")]
    return [*texts, *heads, *(plain + text for text in texts), *cut, *odd, *inputs.junk()[:60]]


def test_no_file_breaks_the_import(db, tmp_path):
    file, made, refused = tmp_path / "article.txt", [], 0
    for content in files():
        file.write_bytes(content)
        try:
            made.append(services.import_article(file).slug)
        except Refused:
            refused += 1

    assert made
    assert refused
    browser = Client()
    for slug in random.Random(1).sample(sorted(set(made)), 10):
        page = browser.get(f"/news/{slug}/")
        assert page.status_code == 200
        assert "<script>alert(1)" not in page.text


@pytest.mark.parametrize("kind", ["folder", "missing"])
def test_what_is_no_file_is_refused(db, tmp_path, kind):
    with pytest.raises(Refused):
        services.import_article(tmp_path if kind == "folder" else tmp_path / "nothing")
