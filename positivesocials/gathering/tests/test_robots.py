"""Which addresses a server lets programs read: RFC 9309."""

import pytest

from positivesocials.gathering import robots


@pytest.mark.parametrize("line", ["Disallow: //[", "Allow: //%5B", "Crawl-delay: ²", "Request-rate: ²/5"])
def test_rules_that_are_none_stop_nobody_and_the_others_are_heard(line):
    rules = f"User-agent: *\n{line}\nDisallow: /feed\n"

    assert not robots.may_read(rules, "https://harbour.example/feed")
    assert robots.may_read(rules, "https://harbour.example/news")


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: positivesocials\nAllow: /\n", True),
        ("\0\xff nonsense \n: : :\n", True),
        (robots.NOTHING, False),
        ("User-agent: *\nDisallow:\n", True),
        ("\ufeffUser-agent: *\nDisallow: /feed\n", False),
        ("User-agent: Other\nDisallow: /\n", True),
        ("User-agent: Other\nUser-agent: *\nDisallow: /\n", False),
        ("User-agent: *\nAllow: /news\n\nUser-agent: *\nDisallow: /feed\n", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: PositiveSocials/1\nDisallow:\n", True),
    ],
)
def test_rules_for_programs(rules, allowed):
    assert robots.may_read(rules, "https://harbour.example/feed") is allowed


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        (["Allow: /", "Disallow: /news"], False),
        (["Disallow: /news", "Allow: /news/feed"], True),
        (["Disallow: /news/feed/", "Allow: /news/feed/"], True),
        (["Disallow: */feed/"], False),
        (["Disallow: /*?form="], False),
        (["Disallow: /*.xml$"], True),
        (["Disallow: /*atom$"], False),
        (["Disallow: /news$"], True),
        (["Disallow: /n%65ws/"], False),
        (["Disallow: /*a*b*c"], True),
    ],
)
def test_the_longest_rule_of_a_server_speaks(rules, allowed):
    said = "\n".join(["User-agent: *", *rules])

    assert robots.may_read(said, "https://harbour.example/news/feed/?form=atom") is allowed
