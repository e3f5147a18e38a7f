import io

import pytest
from django.core.handlers.wsgi import WSGIRequest

FORM = b'--x\r\nContent-Disposition: form-data; name="address"\r\n\r\n\\ud800@x\r\n--x--\r\n'


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "utf-16", "unicode_escape"])
def test_a_claimed_charset_changes_nothing(charset):
    request = _request(f"multipart/form-data; boundary=x; charset={charset}")

    assert request.POST == {"address": ["\\ud800@x"]}


@pytest.mark.parametrize("kind", ["text/plain; Charset*=utf-8''hex", "text/plain;charset = hex", "", None])
def test_an_address_is_read_whatever_the_kind_of_the_body(kind):
    assert _request(kind).GET == {"a": ["é"]}


def _request(kind):
    # Not sooner: it wants the folder of static files that every test run makes for itself.
    from positivesocials.config.wsgi import read_as_utf8

    environ = {
        "REQUEST_METHOD": "POST",
        "QUERY_STRING": "a=%C3%A9",
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(FORM)),
        "wsgi.input": io.BytesIO(FORM),
    }
    read_as_utf8(environ)
    return WSGIRequest(environ)
