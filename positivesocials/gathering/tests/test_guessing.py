"""Feeds that say UTF-8 and are not."""

import pytest

from positivesocials.gathering.guessing import guess, seen_through
from positivesocials.gathering.parsing import parse

SAID = {
    "shift_jis": "港の診療所は土曜日にまた開きます。予約はいりません。九時から一時までです。",
    "euc_jp": "港の診療所は土曜日にまた開きます。予約はいりません。九時から一時までです。",
    "euc_kr": "항구의 진료소가 토요일에 다시 문을 엽니다. 예약은 필요하지 않습니다.",
    "gb18030": "港口的诊所星期六又开门了，不需要预约，从九点到一点，欢迎大家来。",
    "big5": "港口的診所星期六又開門了，不需要預約，從九點到一點，歡迎大家來。",
    "koi8_r": "Клиника в гавани снова открыта по субботам, без записи, с девяти до часу.",
    "cp1251": "Клиника в гавани снова открыта по субботам, без записи, с девяти до часу.",
    "cp1255": "המרפאה בנמל פתוחה שוב בשבתות בלי תור מתשע עד אחת",
    "tis_620": "คลินิกที่ท่าเรือเปิดอีกครั้งในวันเสาร์ ไม่ต้องนัดล่วงหน้า ตั้งแต่เก้าโมง",
}


def feed(words, encoding):
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><item><title>'
    return f"{head}{words}</title></item></channel></rss>".encode(encoding)


@pytest.mark.parametrize("encoding", SAID)
def test_a_feed_is_read_in_the_encoding_that_its_letters_are_in(encoding):
    entry = parse(feed(SAID[encoding], encoding), content_type="text/xml; charset=utf-8").entries[0]

    assert entry.title == SAID[encoding]


@pytest.mark.parametrize(
    "words", ["Müsli à la carte, où ça? Señor, Größe, garçon, naïve, Ærø, çéèêëïîôûùüÿ", "a"]
)
def test_western_european_is_left_alone(words):
    data = feed(words, "windows-1252")

    assert seen_through(data) is data


def test_what_is_declared_and_true_is_left_alone():
    data = feed(SAID["koi8_r"], "koi8_r").replace(b"utf-8", b"koi8-r")

    assert seen_through(data) is data
    assert parse(data).entries[0].title == SAID["koi8_r"]


def test_what_the_server_says_and_is_true_is_left_alone():
    data = feed(SAID["cp1251"], "cp1251")

    assert seen_through(data, "text/xml; charset=windows-1251") is data


@pytest.mark.parametrize("data", [b"", b"\xff" * 5, bytes(range(256)) * 9, b"\xfe\xff" + b"\xd0" * 99])
def test_noise_is_guessed_at_without_harm(data):
    assert guess(data) in {"", *SAID}
