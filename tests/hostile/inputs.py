"""What nobody types by accident: own lists, and what hypothesis thinks of. Always the same."""

import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

FORM = "application/x-www-form-urlencoded"
Pairs = list[tuple[str, str]]

BIDI = ["\u202eabc\u202c", "\u2066abc", "\u200f\u200e\u061c", "\u202a" * 200, "a\u202e\n\u2069b"]
CONTROL = [
    "\x00",
    "a\x00b",
    "\x01\x02\x1b[31m\x7f",
    "\r\n\r\nBcc: x@example.org",
    "\x85\u2028\u2029",
    "\x0b\x0c",
]
ODD = [
    *("\ud800", "a\udfffb", "\ufffe\uffff", "\U0010ffff", "\u0301" * 400, "e" + "\u0300" * 3000),
    *("👩‍👩‍👧‍👦" * 50, "🏳️‍🌈", "\U000e0041" * 40, "ﷺ" * 100, "ß", "İ", "ǅ", "Ω", "\u00ad", "\u200b", "\ufeff"),
    *("العربية " * 30, "עברית", "ܐ", "ក", "\u3000", "  ", "\t", "\n", ""),
]
HUGE = ["a" * 5000, "ä" * 20_000, "\n" * 5000, "<p>" * 3000, "((((" * 2000, "1" * 5000, "😀" * 5000]
NUMBERS = [
    *("-1", "0", "1e309", "NaN", "inf", "-inf", "0x10", "1_000", "٣", "½", "1.5", "1,5", "+5", "--5"),
    *("2147483648", "-2147483649", "9223372036854775808", "9" * 400, "1e999999", "1987\x00"),
]
CODE = [
    *(
        "{{ 7*7 }}",
        "{% debug %}",
        "%s%s%n",
        "%(name)s",
        "{0.__class__}",
        "${7*7}",
        "' OR 1=1 --",
        '"; DROP TABLE x;',
    ),
    *(
        "<script>alert(1)</script>",
        "</textarea><b>",
        "javascript:alert(1)",
        "../../../etc/passwd",
        "\\\\host\\x",
    ),
    *(
        "=1+1",
        "[a](javascript:x)",
        "![](http://[)",
        "[^1]: [",
        "> " * 500,
        "* " * 500,
        "[[[[" * 500,
        "`" * 3000,
    ),
    *(
        "http://[::1",
        "//[",
        "http://\x00",
        "https://example.org:99999/",
        "data:text/html,x",
        "/\\example.org",
    ),
]
IDS = [
    *("00000000-0000-0000-0000-000000000000", "not-a-uuid", "{" * 36, "f" * 32, "urn:uuid:", "-" * 36),
    *("00000000-0000-4000-8000-00000000000g", "0000000000004000800000000000000٠", "true", "null", "[]", "{}"),
]
ADDRESSES = [
    *(
        "@",
        "a@b",
        "a@" + "b" * 300 + ".org",
        "a\x00@example.org",
        "a@[127.0.0.1]",
        '"a b"@example.org',
        "a@例え.jp",
    ),
    *(
        "a@example.org\nBcc: b@example.org",
        "ſ@example.org",
        "a@xn--.org",
        "a@exa\u200bmple.org",
        "ａ@example.org",
    ),
]
OWN: list[str] = BIDI + CONTROL + ODD + HUGE + NUMBERS + CODE + IDS + ADDRESSES


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """The examples that hypothesis generates, without a database and the same each time."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


@cache
def values() -> list[str]:
    anything = st.text(st.characters(exclude_categories=()), max_size=60)
    return OWN + drawn(anything | st.integers().map(str) | st.floats().map(str) | st.emails(), 600)


@cache
def junk() -> list[bytes]:
    return drawn(st.binary(max_size=120), 200)


def bodies(name: str, base: Pairs, count: int) -> Iterator[tuple[bytes | Pairs, str]]:
    """`count` bodies and their content types for the form `name`, which as it stands would send `base`."""
    whole = list(raw(base))
    for number in range(count):
        draw = random.Random(f"{name} {number}")
        if number % 8 == 7:
            yield whole[number // 8 % len(whole)]
        else:
            yield changed(draw, base), FORM


def changed(draw: random.Random, base: Pairs) -> Pairs:
    """One thing wrong, or everything."""
    names = [key for key, _ in base] or ["text"]
    at, value = draw.choice(names), draw.choice(values())
    return draw.choice(
        [
            [(key, value if key == at else kept) for key, kept in base] or [(at, value)],
            [(key, value if key == at else kept) for key, kept in base] or [(at, value)],
            [(key, draw.choice(values())) for key in names],
            [(key, kept) for key, kept in base if key != at],
            [*base, (at, value), (at, draw.choice(values()))],
            [(at, each) for each in draw.sample(values(), 20)],
            [*base, (f"{at}[]", value), (f"{at}[0][x]", value), (value[:50], value)],
            [],
        ]
    )


def raw(base: Pairs) -> Iterator[tuple[bytes, str]]:
    """Bodies that are no form at all, or a broken one."""
    name = (base[0][0] if base else "text").encode()
    told = b'--x\r\nContent-Disposition: form-data; name="' + name + b'"'
    deep = b"[" * 20_000
    for body in (
        deep,
        b"{",
        b'{"text": {"text": [1, null, 1e999]}}',
        b"\xff\xfe",
        json.dumps(dict(base)).encode(),
    ):
        yield body, "application/json"
    multipart = "multipart/form-data; boundary=x"
    for body in (
        told + b"\r\n\r\nabc",
        told + b"\r\n\r\nabc\r\n--x--\r\n",
        told + b'; filename="a\x00b.txt"\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n',
        told + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
        told + b"\r\nContent-Transfer-Encoding: nonsense\r\n\r\n\xff\xfe\r\n--x--\r\n",
        b"--x\r\n\r\n\r\n--x--",
        b"",
    ):
        yield body, multipart
    yield told, "multipart/form-data"
    yield told, "multipart/form-data; boundary=" + "y" * 300
    for body in (b"%ff%fe=%00&&&=&%=%zz", name + b"=%ed%a0%80", b"&" * 3000, name + b"=\xff\xfe", b"=" * 50):
        yield body, FORM
    for kind in ("utf-16", "nonsense", "\x00", "utf-7", "idna", "base64"):
        yield name + b"=%FF%FEa", f"{FORM}; charset={kind}"
    for body in junk()[:20]:
        yield body, FORM
    for kind in ("", "text/plain", "text/xml", "a/b/c;;;=", "\x01"):
        yield b"<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>", kind
    yield b"a=1&" * 2000, FORM
    yield name + b"=" + b"a" * 3_000_000, FORM
