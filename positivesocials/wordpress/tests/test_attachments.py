import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PIL import Image

from positivesocials.articles.models import NewsPage, NewsPicture
from positivesocials.wordpress import services
from positivesocials.wordpress.tests.exports import export, post


def _png() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def host(settings):
    """A server of this machine: `/away` leads to another host, `/page` is no picture."""
    settings.FETCH_FROM_LOOPBACK = True
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "http://elsewhere.example/picture.png")
                self.end_headers()
                return
            self.send_response(200)
            self.end_headers()
            self.wfile.write(_png() if self.path == "/picture.png" else b"<html>not here</html>")

        def log_message(self, *_words):
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.asked = asked  # type: ignore[attr-defined]
    yield server
    server.shutdown()
    server.server_close()


def attachment(number: int, host, path: str, **traits) -> str:
    url = f"http://127.0.0.1:{host.server_port}{path}"
    meta = (
        "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        "<wp:meta_value>Two doors</wp:meta_value></wp:postmeta></item>"
    )
    words = {
        "post_type": "attachment",
        "status": "inherit",
        "attachment_url": url,
        "post_parent": 1,
        **traits,
    }
    return post(number, "", **words).replace("</item>", meta)


def test_nothing_is_fetched_unless_its_host_is_named(db, written, host):
    path = written(export(post(1), attachment(2, host, "/picture.png")))

    services.bring_in(path)
    report = services.bring_in(path, hosts=["old.example.org"])

    assert host.asked == []
    assert (report.counts["attachments"], len(list(report.left_out()))) == (0, 1)


def test_a_picture_of_a_named_host_stands_below_its_article_once(db, written, host, client):
    path = written(export(attachment(2, host, "/picture.png"), post(1)))

    report = services.bring_in(path, hosts=["127.0.0.1"])
    services.bring_in(path, hosts=["127.0.0.1"])

    picture = NewsPicture.objects.get()
    page = client.get("/news/post-1/").content.decode()
    assert (report.counts["attachments"], picture.alt) == (1, "Two doors")
    assert f'src="/news/pictures/{picture.pk}.webp" alt="Two doors"' in page
    assert client.get(f"/news/pictures/{picture.pk}.webp").content[8:12] == b"WEBP"
    NewsPage.objects.update(live=False)
    assert client.get(f"/news/pictures/{picture.pk}.webp").status_code == 404


def test_what_leads_away_is_no_picture_or_stands_alone_is_left_out(db, written, host):
    items = [
        attachment(2, host, "/away"),
        attachment(3, host, "/page"),
        attachment(4, host, "/picture.png", post_parent=0),
        attachment(5, host, "/picture.png", attachment_url="file:///etc/passwd"),
    ]
    report = services.bring_in(written(export(post(1), *items)), hosts=["127.0.0.1"])

    assert not NewsPicture.objects.exists()
    assert len(list(report.left_out())) == 4


def test_a_named_host_in_a_private_network_is_not_asked(db, written, host, settings):
    settings.FETCH_FROM_LOOPBACK = False

    report = services.bring_in(
        written(export(post(1), attachment(2, host, "/picture.png"))), hosts=["127.0.0.1"]
    )

    assert "no public server" in next(iter(report.left_out()))
    assert host.asked == []


def test_looking_asks_no_host_and_says_the_same(db, written, host):
    one = attachment(2, host, "/picture.png")
    items = [
        one,
        one,
        attachment(3, host, "/picture.png", post_parent=0),
        attachment(4, host, "/picture.png", post_parent=9),
        attachment(5, host, "/picture.png", attachment_url="file:///etc/passwd"),
        attachment(6, host, "/picture.png", attachment_url="https://elsewhere.example/picture.png"),
        attachment(7, host, "/picture.png", attachment_url="http://10.0.0.1/picture.png"),
    ]
    path = written(export(post(1), post(9, status="trash"), post(1), *items))
    hosts = ["127.0.0.1", "10.0.0.1"]

    looked = "".join(services.look_at(path, hosts=hosts).as_json())
    assert (host.asked, NewsPage.objects.exists()) == ([], False)

    assert looked == "".join(services.bring_in(path, hosts=hosts).as_json())
    assert '"attachments": 1' in looked
    again = "".join(services.look_at(path, hosts=hosts).as_json())
    assert again == "".join(services.bring_in(path, hosts=hosts).as_json())
