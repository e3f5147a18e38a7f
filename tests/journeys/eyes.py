"""What a careful reviewer would see: nothing cut off, axe content, focus in view, in light and dark."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
NARROW: ViewportSize = {"width": 320, "height": 640}
WIDE: ViewportSize = {"width": 1280, "height": 900}
AXE = Axe().axe_script

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
    """Opens the page small and light, then large and dark, and returns what is wrong with it."""
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(path)
    page.evaluate(AXE)
    wrong = too_wide(page) + keyboard(page)
    # Where an address jumped to, the bar below may lie over a button: one scrolls.
    page.evaluate("scrollTo(0, 0)")
    wrong += axe(page, "small, light")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(WIDE)
    return wrong + too_wide(page) + axe(page, "large, dark")


def too_wide(page: Page) -> list[str]:
    over = page.evaluate(OVERFLOW)
    return [f"is wider than the screen: {over}"] if over else []


def keyboard(page: Page) -> list[str]:
    """The first stop is the way to the content, which leads there; some pages start inside of it already."""
    if "#" in page.url or page.evaluate("document.activeElement !== document.body"):
        return []
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.getAttribute('href')") != "#main":
        return ["does not begin with a way to the content"]
    wrong = unseen_focus(page)
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main":
        wrong.append("does not lead to the content")
    page.keyboard.press("Tab")
    return wrong + unseen_focus(page)


def unseen_focus(page: Page) -> list[str]:
    focus = page.evaluate(FOCUS)
    return [f"hides the focus on {focus['what']}"] if focus and not focus["seen"] else []


def axe(page: Page, where: str) -> list[str]:
    found = page.evaluate("(options) => axe.run(document, options)", RULES)
    return [f"{_told(violation)} ({where})" for violation in found["violations"]]


def _told(violation: dict[str, Any]) -> str:
    node = violation["nodes"][0]
    why = node["any"][0]["message"] if node["any"] else violation["help"]
    return f"{violation['id']}: {why} in {node['html'][:160]}"
