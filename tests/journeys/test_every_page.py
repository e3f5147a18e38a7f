"""Every page that someone can walk to by following links, as each kind of person, small and large."""

from collections import Counter, deque
from dataclasses import dataclass, field

import pytest

from positivesocials.core.telling import telling_words
from tests.journeys import people
from tests.journeys.eyes import examine
from tests.journeys.looking import MAY_BE_PLAIN, Sight, links_within, look_at, name_of

# Of pages that differ only in what they show, such as posts, so many are opened.
OF_EACH = 3
# The last is a file to keep, and no page.
NOT_OURS = ("/desk/", "/static/", "/media/", "/guides/all/")
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
# Pages that nothing on another page leads to, or only once.
FOR_GUESTS = ("join/account", "join/sent", "reset/sent", "letter", "letter/asked", "letter/left", "parts")
FOR_MEMBERS = ("start", "start/meet", "start/meet/all", "start/talk", "start/beside", "prove", "parts")
BEGINNINGS = {
    True: ["/", *(f"/{path}/" for path in FOR_GUESTS)],
    False: ["/home/", *(f"/{path}/" for path in FOR_MEMBERS)],
}
ROLES = ["guest", *people.CARDS]
# A page of one kind is examined once as a guest sees it and once as a member does.
EXAMINED: set[tuple[str, bool]] = set()


@dataclass
class Walk:
    """Where someone got to, and what was wrong on the way."""

    pages: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)


def walk(page, *, guest: bool) -> Walk:
    seen: Counter[str] = Counter()
    found, waiting = Walk(), deque(BEGINNINGS[guest])
    known = set(BEGINNINGS[guest])
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        seen[name] += 1
        if seen[name] > OF_EACH or path.startswith(NOT_OURS):
            continue
        answer = page.request.get(path)
        complaints, sight = _read(answer, path, name, guest=guest)
        found.complaints += [f"{path}: {complaint}" for complaint in complaints]
        if sight is None:
            continue
        found.pages.setdefault(name, path)
        new = [link for link in links_within(sight, path) if link not in known]
        known.update(new)
        waiting.extend(new)
    return found


def _read(answer, path: str, name: str, *, guest: bool) -> tuple[list[str], Sight | None]:
    if answer.status != 200:
        return [f"answers {answer.status}"], None
    wrong = [f"{k} is {answer.headers.get(k)}" for k, v in HEADERS.items() if answer.headers.get(k) != v]
    wrong += _wrong_with_policy(answer.headers.get("content-security-policy", ""))
    if guest and "set-cookie" in answer.headers:
        wrong.append("sets a cookie for a guest")
    if not guest and "no-store" not in answer.headers.get("cache-control", ""):
        wrong.append("may be kept by the browser")
    is_kept = answer.headers.get("content-disposition", "").startswith("attachment")
    if is_kept or not answer.headers.get("content-type", "").startswith("text/html"):
        return wrong, None
    sight = look_at(answer.text())
    return wrong + _wrong_words(sight, path, name), sight


def _wrong_with_policy(policy: str) -> list[str]:
    lax = [word for word in ("unsafe-inline", "unsafe-eval", "*") if word in policy]
    return ["has no content policy"] if "default-src 'none'" not in policy else [f"allows {w}" for w in lax]


def _wrong_words(sight: Sight, path: str, name: str) -> list[str]:
    wrong = [f"has {sight.headings} first headings"] if sight.headings != 1 else []
    wrong += [f"carries inline {what}" for what in sight.inline]
    if not sight.title:
        wrong.append("has no title")
    if name not in MAY_BE_PLAIN:
        wrong += [f"tells by its title: {word}" for word in telling_words(sight.title)]
        wrong += [f"tells by its address: {word}" for word in telling_words(path.replace("-", " "))]
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_whole_discreet_and_open_to_everyone(visit, role):
    page = visit()
    if role != "guest":
        people.come_in_by_card(page, role)

    guest = role == "guest"
    found = walk(page, guest=guest)
    for name, path in found.pages.items():
        if (name, guest) not in EXAMINED:
            EXAMINED.add((name, guest))
            found.complaints += [f"{path} ({name}): {c}" for c in examine(page, path)]

    assert len(found.pages) > 15
    assert "\n".join(found.complaints) == ""


KEY_PAGES = {
    "guest": ["/", "/guides/first-days/", "/news/", "/join/", "/groups/welcome/"],
    "member": ["/home/", "/people/", "/conversations/", "/me/", "/groups/welcome/write/", "/start/meet/all/"],
}


@pytest.mark.parametrize("role", KEY_PAGES)
def test_in_arabic_pages_run_from_right_to_left(visit, role):
    page = visit()
    if role != "guest":
        people.come_in_by_card(page, role)
    page.goto("/guides/")

    page.get_by_role("contentinfo").get_by_role("button", name="العربيّة").click()

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.url.endswith("/guides/")
    assert [f"{path}: {c}" for path in KEY_PAGES[role] for c in examine(page, path)] == []
