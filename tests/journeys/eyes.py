"""What a careful reviewer would see: nothing cut off, axe content, focus in view, in light and dark."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

STANDARDS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RULES: dict[str, object] = {"runOnly": {"type": "tag", "values": STANDARDS}}
COLOURS: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
AXE = Axe()

OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return null;
  const far = [...document.body.querySelectorAll("*")].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > wide + 1 || box.left < -1);
  });
  const one = far.pop();
  return one ? `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 40)}` : "?";
}"""

FOCUS = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const inView = box.width > 1 && box.bottom > 0 && box.top < innerHeight;
  return { what: `${one.tagName.toLowerCase()}.${one.className}`, seen: ring && inView };
}"""


def examine(page: Page, path: str) -> list[str]:
    """Opens the page narrow and wide, light and dark, and returns what is wrong with it."""
    wrong = []
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light")
    page.goto(path)
    wrong += too_wide(page)
    wrong += keyboard(page)
    wrong += axe(page, RULES, "narrow, light")
    page.emulate_media(color_scheme="dark")
    wrong += axe(page, COLOURS, "narrow, dark")
    page.set_viewport_size(WIDE)
    wrong += too_wide(page)
    wrong += axe(page, RULES, "wide, dark")
    return wrong


def too_wide(page: Page) -> list[str]:
    over = page.evaluate(OVERFLOW)
    return [f"is wider than the screen: {over}"] if over else []


def keyboard(page: Page) -> list[str]:
    """The first stop is the way to the content, which leads there; a page with autofocus starts inside."""
    if page.evaluate("document.activeElement !== document.body"):
        return []
    wrong = []
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.getAttribute('href')") != "#main":
        wrong.append("does not begin with a way to the content")
    wrong += unseen_focus(page)
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main":
        wrong.append("does not lead to the content")
    page.keyboard.press("Tab")
    return wrong + unseen_focus(page)


def unseen_focus(page: Page) -> list[str]:
    focus = page.evaluate(FOCUS)
    return [f"hides the focus on {focus['what']}"] if focus and not focus["seen"] else []


def axe(page: Page, options: dict[str, object], where: str) -> list[str]:
    found = AXE.run(page, options=options)
    return [f"{_told(violation)} ({where})" for violation in found.response["violations"]]


def _told(violation: dict[str, Any]) -> str:
    node = violation["nodes"][0]
    why = node["any"][0]["message"] if node["any"] else violation["help"]
    return f"{violation['id']}: {why} in {node['html'][:160]}"
