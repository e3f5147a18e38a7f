import pytest

from positivesocials.articles import services, texts
from positivesocials.articles.models import NewsPage
from positivesocials.core.refusals import Refused

GOOD = """A headline of our own | Town News

One sentence that says why.

The first paragraph,
wrapped over two lines.

The second paragraph.

Leave a Reply

Your email address will not be published.
"""


@pytest.fixture
def write(tmp_path):
    def write(content: str | bytes):
        file = tmp_path / "article.txt"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def refused(file) -> str:
    with pytest.raises(Refused) as caught:
        services.import_article(file)
    assert not NewsPage.objects.exists()
    return caught.value.message


def test_the_origin_page_becomes_a_news_post(db, shared_data):
    result = services.import_article(shared_data / "origin_page.txt")

    post = NewsPage.objects.get()
    lines = (shared_data / "origin_page.txt").read_text().splitlines()
    assert result.created
    assert lines[0] == f"{post.title} | {post.category.name} News"
    assert post.standfirst == lines[2]
    assert post.body.count("<p>") == 9
    assert post.live
    assert "/news/" in result.sentence


def test_the_footer_of_the_origin_page_is_not_body(db, shared_data):
    services.import_article(shared_data / "origin_page.txt")

    body = NewsPage.objects.get().body.casefold()
    footer = ["leave a reply", "required fields", "keep in touch", "register now", "rights reserved"]
    assert [words for words in footer if words in body] == []


def test_importing_the_same_article_again_changes_nothing(db, shared_data):
    first = services.import_article(shared_data / "origin_page.txt")

    again = services.import_article(shared_data / "origin_page.txt")

    assert not again.created
    assert again.slug == first.slug
    assert again.sentence.startswith("Nothing changed")
    assert NewsPage.objects.count() == 1


def test_wrapped_lines_are_one_paragraph(db, write):
    services.import_article(write(GOOD))

    post = NewsPage.objects.get()
    assert post.category.name == "Town"
    assert post.body == "<p>The first paragraph, wrapped over two lines.</p><p>The second paragraph.</p>"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n\n"])
def test_any_line_ending_will_do(ending):
    paragraphs = GOOD.split("Leave")[0].replace(",\nwrapped", ", wrapped").strip().split("\n\n")

    text = texts.parse("\ufeff".join(["", (ending * 2).join(paragraphs)])[1:])

    assert text.paragraphs == ["The first paragraph, wrapped over two lines.", "The second paragraph."]


def test_a_byte_order_mark_is_no_part_of_the_headline(db, write):
    services.import_article(write(b"\xef\xbb\xbf" + GOOD.encode()))

    assert NewsPage.objects.get().title == "A headline of our own"


def test_another_text_under_the_same_headline_is_refused(db, write):
    services.import_article(write(GOOD))

    with pytest.raises(Refused, match="headline"):
        services.import_article(write(GOOD.replace("second", "third")))

    assert NewsPage.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", "Line 1:"),
        ("\n \n\t\n", "Line 1:"),
        ("\n\nNo bar in this line\n\nStandfirst.\n\nBody.\n", "Line 3:"),
        (" | Category\n\nStandfirst.\n\nBody.\n", "Line 1:"),
        ("Title |\n\nStandfirst.\n\nBody.\n", "Line 1:"),
        ("Title | Category\n", "Line 1:"),
        ("Title | Category\n\nStandfirst.\n", "Line 3:"),
        ("Title | Category\n\nStandfirst.\n\nLeave a Reply\n\nBody.\n", "Line 3:"),
        ("Leave a Reply\n\nYour email\n", "Line 1:"),
        (f"{'x' * 300} | Category\n\nStandfirst.\n\nBody.\n", "Line 1:"),
        (f"Title | Category\n\n{'x' * 700}\n\nBody.\n", "Line 3:"),
        (b"Title | Category\n\nStand\xfffirst.\n\nBody.\n", "Line 3:"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "Line 1:"),
        ("Title | Category\n\nStand\x00first.\n\nBody.\n", "Line 3:"),
        ("Title | Category\n\nStandfirst.\n\nBody.\n".encode("utf-16"), "Line 1:"),
    ],
)
def test_what_is_no_article_is_refused_by_its_line(db, write, content, line):
    assert refused(write(content)).startswith(line)


def test_a_missing_file_a_folder_and_a_huge_file_are_refused(db, tmp_path, write):
    assert "Cannot read" in refused(tmp_path / "absent.txt")
    assert "Cannot read" in refused(tmp_path)
    assert "larger" in refused(write(b"x" * (texts.LARGEST + 1)))


def test_markup_in_a_text_file_stays_text(db, write):
    services.import_article(write(GOOD.replace("The second", "<script>alert(1)</script> The second")))

    assert "<script" not in NewsPage.objects.get().body_html
    assert "&lt;script&gt;" in NewsPage.objects.get().body_html
