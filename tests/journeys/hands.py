"""How somebody works a page: a finger on a phone, or nothing but a keyboard. The story is the same."""

from dataclasses import dataclass
from typing import Any, Protocol

from playwright.sync_api import Locator, Page, expect

from tests.journeys.eyes import unseen_focus

# More stops than any page has.
FAR = 150


class Hands(Protocol):
    page: Page

    def press(self, words: str) -> None: ...
    def follow(self, words: str) -> None: ...
    def write(self, label: str, text: str) -> None: ...
    def tick(self, label: str) -> None: ...
    def save_file(self, words: str) -> Any: ...


def button(page: Page, words: str) -> Locator:
    return page.get_by_role("main").get_by_role("button", name=words, exact=True).first


def link(page: Page, words: str) -> Locator:
    return page.get_by_role("main").get_by_role("link", name=words, exact=True).first


@dataclass
class Fingers:
    page: Page

    def press(self, words: str) -> None:
        with self.page.expect_navigation():
            button(self.page, words).tap()

    def follow(self, words: str) -> None:
        with self.page.expect_navigation():
            link(self.page, words).tap()

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).check()

    def save_file(self, words: str) -> Any:
        with self.page.expect_download() as saved:
            link(self.page, words).tap()
        return saved.value


@dataclass
class Keys:
    """Tab, Enter, Space and letters. Wherever the focus stops on its way, it has to be seen."""

    page: Page

    def press(self, words: str) -> None:
        self._go_to(button(self.page, words))
        self._leave_by("Enter")

    def follow(self, words: str) -> None:
        self._go_to(link(self.page, words))
        self._leave_by("Enter")

    def write(self, label: str, text: str) -> None:
        self._go_to(self.page.get_by_label(label, exact=True))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        box = self.page.get_by_label(label)
        self._go_to(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def save_file(self, words: str) -> Any:
        self._go_to(link(self.page, words))
        with self.page.expect_download() as saved:
            self.page.keyboard.press("Enter")
        return saved.value

    def _leave_by(self, key: str) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def _go_to(self, wanted: Locator) -> None:
        """On to the next stop until it is this one; on a new page from its beginning."""
        wanted.wait_for()
        node = wanted.element_handle()
        for _stop in range(FAR):
            self.page.keyboard.press("Tab")
            assert unseen_focus(self.page) == [], self.page.url
            if self.page.evaluate("(one) => document.activeElement === one", node):
                return
            self._on_to_choice(node)
            if self.page.evaluate("(one) => document.activeElement === one", node):
                return
        raise AssertionError(f"the keyboard does not come to {wanted} on {self.page.url}")

    def _on_to_choice(self, node: Any) -> None:
        """Of several choices of one question Tab comes to one only; arrows lead to the others."""
        beside = """(one) => { const now = document.activeElement;
            if (one.type !== "radio" || now.type !== "radio" || now.name !== one.name) return 0;
            return [...document.querySelectorAll(`input[name="${one.name}"]`)].length; }"""
        for _choice in range(self.page.evaluate(beside, node)):
            self.page.keyboard.press("ArrowDown")
            assert unseen_focus(self.page) == [], self.page.url
            if self.page.evaluate("(one) => document.activeElement === one", node):
                return
