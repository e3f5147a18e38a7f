"""Exports made for tests: `export(post(1, comments=[comment(2)]))`, and large ones written to a file."""

from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Our old site</title><link>https://old.example.org</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example.org</wp:base_blog_url>
<wp:author><wp:author_login>sam</wp:author_login><wp:author_email>sam@example.org</wp:author_email>
<wp:author_display_name><![CDATA[Sam of the desk]]></wp:author_display_name></wp:author>
"""
FOOT = "</channel></rss>\n"
DATE = "2021-05-04 09:30:00"


def comment(number: int, text: str = "So it was.", **traits) -> str:
    texts = {
        "id": number,
        "author": f"Guest {number}",
        "author_email": f"guest{number}@example.org",
        "date_gmt": DATE,
        "content": text,
        "approved": "1",
        "type": "comment",
        "parent": 0,
        **traits,
    }
    inner = "".join(
        f"<wp:comment_{name}>{escape(str(value))}</wp:comment_{name}>" for name, value in texts.items()
    )
    return f"<wp:comment>{inner}</wp:comment>\n"


def post(number: int, body: str = "The first.\n\nThe second.", *, comments=(), terms="", **traits) -> str:
    texts = {
        "post_id": number,
        "post_name": f"post-{number}",
        "post_date_gmt": DATE,
        "post_type": "post",
        "status": "publish",
        "comment_status": "open",
        **traits,
    }
    inner = "".join(f"<wp:{name}>{escape(str(value))}</wp:{name}>" for name, value in texts.items())
    safe = body.replace("]]>", "]]]]><![CDATA[>")
    return (
        f"<item><title>Post {number}</title><dc:creator>sam</dc:creator>"
        f"<content:encoded><![CDATA[{safe}]]></content:encoded>{inner}{terms}{''.join(comments)}</item>\n"
    )


def term(domain: str, name: str) -> str:
    return f'<category domain="{domain}" nicename="x"><![CDATA[{name}]]></category>'


def export(*items: str) -> str:
    return HEAD + "".join(items) + FOOT


def pieces(posts: int, *, body: str, comments: int) -> Iterator[str]:
    yield HEAD
    for number in range(1, posts + 1):
        written = [
            comment(number * 1000 + n, parent=number * 1000 + n - 1 if n % 3 else 0, approved=int(n % 7 != 6))
            for n in range(comments)
        ]
        yield post(
            number,
            body,
            comments=written,
            terms=term("category", "Town") + term("post_tag", f"t{number % 40}"),
        )
    yield FOOT


def write_large(path: Path, *, posts: int, body: str = "Some words of ours. " * 20, comments: int = 3) -> int:
    with path.open("w", encoding="utf-8") as file:
        return sum(file.write(piece) for piece in pieces(posts, body=body, comments=comments))
