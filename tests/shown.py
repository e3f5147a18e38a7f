"""From "Send" in one browser to the words in another: `python -m tests.shown --json`.

Two Chromium processes on one machine, a member of a demo in both, one conversation. In each page its own
script notes the moment; both clocks are the machine's. Measures what members see, so it needs a browser.
"""

import argparse
import json
import shutil
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.journeys.conftest import CHROMIUM, QUIET, start_site
from tests.journeys.people import come_in_by_card

WARM_UP = 5
SCREEN: ViewportSize = {"width": 1280, "height": 900}
SEND = """text => {
  const form = document.getElementById("say");
  form.elements.text.value = text;
  const at = performance.timeOrigin + performance.now();
  form.requestSubmit();
  return at;
}"""
WATCH = """() => {
  window.shownAt = {};
  new MutationObserver(() => {
    const at = performance.timeOrigin + performance.now();
    for (const line of document.querySelectorAll("#talk [data-message] .bubble p")) {
      window.shownAt[line.textContent.trim()] ??= at;
    }
  }).observe(document.getElementById("talk"), { childList: true, subtree: true });
}"""
SHOWN = "text => window.shownAt[text] ?? 0"


def measured(writer: Page, reader: Page, *, messages: int) -> list[float]:
    reader.evaluate(WATCH)
    took = []
    for number in range(messages + WARM_UP):
        text = f"Number {number} of many"
        sent_at = writer.evaluate(SEND, text)
        reader.wait_for_function(SHOWN, arg=text, polling=50)
        took.append(reader.evaluate(SHOWN, text) - sent_at)
        writer.wait_for_timeout(2100)  # A member sends 30 a minute at most.
    return took[WARM_UP:]


def open_talk(page: Page) -> None:
    """The first conversation in which one can write."""
    come_in_by_card(page, "member")
    page.goto("/conversations/")
    for address in [item.get_attribute("href") for item in page.locator("a.item").all()]:
        page.goto(str(address))
        if page.get_by_label("Message to").count():
            return
    raise SystemExit("No conversation in which one can write.")


def run(*, messages: int) -> dict[str, Any]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="positivesocials-shown-")))
        site = start_site(folder / "data")
        stack.callback(site.stop)
        chromium = stack.enter_context(sync_playwright()).chromium
        pages = []
        for _ in range(2):
            browser = chromium.launch(executable_path=shutil.which(CHROMIUM or ""), args=QUIET)
            stack.callback(browser.close)
            pages.append(browser.new_context(base_url=site.url, viewport=SCREEN).new_page())
            open_talk(pages[-1])
        took = measured(pages[0], pages[1], messages=messages)
    parts = statistics.quantiles(took, n=100, method="inclusive")
    return {"messages": messages, "p50_ms": round(parts[49], 1), "p95_ms": round(parts[94], 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    figures = run(messages=words.messages)
    print(json.dumps(figures) if words.json else figures)


if __name__ == "__main__":
    main()
