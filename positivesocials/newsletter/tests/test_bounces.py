import json
import mailbox
from uuid import uuid4

import pytest
from django.utils import timezone

from positivesocials.newsletter import bounces, returns
from positivesocials.newsletter.models import Delivery, Subscriber
from positivesocials.vault.models import DataKey

pytestmark = pytest.mark.django_db
BASE = "returns@example.org"
RETURN = """From: MAILER-DAEMON@mx.example.org
To: {to}
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; somebody@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} sorry

--b
Content-Type: message/rfc822

Subject: What is new

--b--
"""


@pytest.fixture
def sent(make_reader, make_issue):
    """A function that makes a letter that was sent to Ann: `sent()`."""
    ann = make_reader("ann")

    def make():
        return Delivery.objects.create(
            issue=make_issue(), subscriber=ann, state="sent", handed_at=timezone.now()
        )

    return make


def returned(delivery_id, status="5.1.1", action="failed"):
    to = returns.address_for(delivery_id, BASE)
    return RETURN.format(to=to, status=status, action=action).encode()


def take(*raws):
    return bounces.take_in(iter(raws))


def test_an_address_that_is_not_there_any_more_is_erased_with_its_key(sent):
    figures = take(returned(sent().pk))

    assert figures.ended == 1
    assert not Subscriber.objects.exists()
    assert not DataKey.objects.filter(kind="newsletter.Subscriber").exists()


def test_three_returns_in_a_row_end_it_and_the_same_one_counts_once(sent):
    first, second, third = (returned(sent().pk, "5.2.2") for _letter in range(3))

    assert take(first, first, second).known == 1
    assert Subscriber.objects.get().returns == 2
    assert take(third).ended == 1


def test_a_mail_that_is_only_late_changes_nothing(sent):
    assert take(returned(sent().pk, "4.4.1", action="delayed")).other == 1
    assert Subscriber.objects.get().returns == 0


def test_a_return_address_says_nothing_of_the_reader_and_cannot_be_made_up(sent):
    address = returns.address_for(sent().pk, BASE)
    forged = address[:8] + ("b" if address[8] != "b" else "c") + address[9:]

    assert "ann" not in address
    assert len(address.partition("@")[0]) <= 64
    assert returns.delivery_in(address) == Delivery.objects.get().pk
    assert returns.delivery_in(forged) is None
    assert take(returned(uuid4())).other == 1


def test_where_nobody_reads_returns_there_is_no_such_address():
    assert returns.address_for(uuid4(), "") == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff" * 500,
        b"Content-Type: multipart/report\n\n",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nx",
        b'Content-Type: multipart/report; boundary="\xff"\n\n--\xff\n',
        b"Content-Type: text/plain; charset=nonsense\nTo: =?bad?Q?x?=\n\nOut of office",
        (b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 300) + b"x",
    ],
)
def test_whatever_else_comes_in_is_counted_and_left(raw):
    assert take(raw).other == 1


def test_maildir_mbox_and_a_single_file_are_read(tmp_path, sent):
    raw = returned(sent().pk, "5.2.2")
    box = mailbox.Maildir(tmp_path / "dir")
    box.add(raw)
    mbox = mailbox.mbox(tmp_path / "box")
    mbox.add(raw)
    mbox.close()
    (tmp_path / "one").write_bytes(raw)

    found = [list(bounces.messages_in(tmp_path / name)) for name in ("dir", "box", "one")]

    assert [len(each) for each in found] == [1, 1, 1]
    assert all(bounces.report_in(each[0]) for each in found)


def test_the_command_prints_what_it_did(tmp_path, sent, capsys, monkeypatch):
    from click.testing import CliRunner

    from positivesocials.config.cli import main

    (tmp_path / "one").write_bytes(returned(sent().pk))

    result = CliRunner().invoke(main, ["bounces", str(tmp_path / "one"), "--json"])

    assert json.loads(result.output.splitlines()[-1])["ended"] == 1


def test_a_folder_that_is_no_maildir_is_refused_in_a_sentence(tmp_path):
    from click.testing import CliRunner

    from positivesocials.config.cli import main

    result = CliRunner().invoke(main, ["bounces", str(tmp_path)])

    assert result.exit_code == 2
    assert "no Maildir" in result.output
