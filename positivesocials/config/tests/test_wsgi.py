import io

import pytest

FORM = b'--x\r\nContent-Disposition: form-data; name="address"\r\n\r\n\\ud800@x\r\n--x--\r\n'


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "utf-16", "unicode_escape"])
def test_a_claimed_charset_changes_nothing(charset):
    status, page = _post("/letter/", f"multipart/form-data; boundary=x; charset={charset}")

    assert status.startswith("422")
    assert b'value="\\ud800@x"' in page


@pytest.mark.django_db
def test_a_claimed_charset_does_not_break_an_address():
    assert _post("/letter/?a=%C3", "text/plain; Charset*=utf-8''hex")[0].startswith("200")


def _post(path, kind):
    # Not sooner: it wants the folder of static files that every test run makes for itself.
    from positivesocials.config.wsgi import application

    path, _, query = path.partition("?")
    answers = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(FORM)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(FORM),
        "wsgi.url_scheme": "http",
    }
    page = b"".join(application(environ, lambda status, headers: answers.append(status)))
    return answers[0], page
