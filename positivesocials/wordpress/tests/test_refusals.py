import os

import pytest

from positivesocials.articles.models import NewsPage
from positivesocials.core.refusals import Refused
from positivesocials.wordpress import services, wxr
from positivesocials.wordpress.tests.exports import FOOT, HEAD, export, post

DOCTYPE = '<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY a "b">\n]>\n<rss><channel/></rss>'
OUTSIDE = '<?xml version="1.0"?>\n<!DOCTYPE rss SYSTEM "file:///etc/passwd">\n<rss><channel/></rss>'


def refused(path) -> str:
    with pytest.raises(Refused) as caught:
        services.bring_in(path)
    assert not NewsPage.objects.exists()
    return caught.value.message


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        ("", "Line 1:"),
        ("no markup", "Line 1:"),
        (b"PK\x03\x04zip", "Line 1:"),
        (b"\x1f\x8bgzip", "Line 1:"),
        ("<html>\n</html>", "Line 1:"),
        ("\n" + HEAD + FOOT, "Line 2:"),
        (HEAD + "\n" + post(1), "Line 13:"),
        (export(post(1), "<item><title>One</item>"), "Line 12:"),
        (export(post(1, "nested <![CDATA[ ]]> end")).replace("]]]]><![CDATA[>", "]]>"), "Line 9:"),
        (export(post(1, "a \x0b b")), "Line 9:"),
        (export(post(1)).encode().replace(b"first", b"f\xffrst"), "Line 9:"),
        (HEAD.replace("<wp:wxr_version>1.2</wp:wxr_version>", "") + post(1) + FOOT, "Line 5:"),
        (export(post(1)).replace("version>1.2", "version>9.9"), "Line 6:"),
        (export(post(1)).replace("xmlns:wp=", "xmlns:wq="), "Line 6:"),
        (HEAD + "<a>" * 200, "Line 9:"),
        (DOCTYPE, "Line 2:"),
        (OUTSIDE, "Line 2:"),
        (export(post(1, "&lol;")).replace("<![CDATA[", "").replace("]]>", ""), "Line 9:"),
        ("<rss/>", "Line 1:"),
    ],
)
def test_what_is_no_export_is_refused_by_its_line_and_leaves_nothing(db, written, content, begins):
    sentence = refused(written(content))

    assert sentence.startswith(begins)
    assert "\n" not in sentence


def test_a_bomb_is_refused_where_it_is_declared(db, written):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">\n' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY a0 "ha">\n{entities}]>\n<rss>&a11;</rss>'

    assert "document type" in refused(written(bomb))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_an_export_cut_anywhere_is_refused_and_leaves_nothing(db, written, share):
    whole = export(*(post(n) for n in range(1, 30)))

    assert "cut" in refused(written(whole[: int(len(whole) * share)]))


@pytest.mark.parametrize("name", ["x-nonsense", "shift_jis", "hex", "idna", "utf-7"])
def test_an_encoding_that_cannot_be_read_is_refused_with_what_to_do(db, written, name):
    sentence = refused(written(export(post(1)).replace("UTF-8", name)))

    assert sentence.startswith("Line 1: the encoding")
    assert "save it as UTF-8" in sentence


def test_an_export_in_another_encoding_of_letters_comes_in(db, written):
    text = export(post(1, "Café.")).replace("UTF-8", "windows-1252")

    services.bring_in(written(text.encode("cp1252")))

    assert "Café." in NewsPage.objects.get().body


def test_a_missing_file_a_folder_and_a_pipe_are_refused(db, tmp_path):
    os.mkfifo(tmp_path / "pipe")

    for name in ("absent.xml", ".", "pipe"):
        assert "Cannot read" in refused(tmp_path / name)


def test_an_item_larger_than_any_is_refused_before_it_is_held(db, written, monkeypatch):
    monkeypatch.setattr(wxr, "LARGEST_ITEM", 10_000)

    assert refused(written(export(post(1), post(2, "x" * 20_000)))).startswith("Line 12:")


def test_a_tag_without_end_is_refused_before_it_is_held(db, written):
    assert "longer" in refused(written(HEAD + "<item " + "a" * (wxr.LONGEST_TAG + 3 * wxr.CHUNK)))
