import logging

import pytest

from positivesocials.core.logs import NoMemberText


@pytest.fixture
def written():
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, logger = Kept(), logging.getLogger("test.logs")
    handler.addFilter(NoMemberText())
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)


def _fail(secret: str) -> None:
    try:
        raise KeyError(secret)
    except KeyError as error:
        raise ValueError(f"no {secret}") from error


def test_an_error_is_reduced_to_its_classes_and_places(written):
    try:
        _fail("what a member wrote")
    except ValueError:
        logging.getLogger("test.logs").exception("Could not keep %s", "what a member wrote")

    assert "ValueError from KeyError" in written[0]
    assert "test_logs.py" in written[0]
    assert "what a member wrote" not in written[0]


def test_text_given_to_a_message_is_left_out_and_numbers_stay(written):
    logging.getLogger("test.logs").warning("Sent %d to %s", 3, "jo@example.org")

    assert written == ["Sent 3 to -"]


def test_an_address_inside_a_message_is_masked(written):
    logging.getLogger("test.logs").warning("Refused by jo@example.org today")

    assert written == ["Refused by - today"]


@pytest.mark.django_db
def test_a_one_time_link_in_an_address_never_reaches_the_log(written, client):
    request = client.get("/leave/?token=secret").wsgi_request

    logging.getLogger("test.logs").warning("Forbidden: %s", request.path, extra={"request": request})

    assert written == ["Forbidden: /leave/"]
