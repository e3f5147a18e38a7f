// The open list of conversations draws itself anew when something was written elsewhere.

const id = "conversations";

const asked = async () => {
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    return answer.ok && !answer.redirected ? await answer.text() : "";
  } catch {
    return ""; // The line is down: the next "open" asks again.
  }
};

const drawAnew = async () => {
  const text = await asked();
  if (!text) return;
  const page = new DOMParser().parseFromString(text, "text/html");
  const old = document.getElementById(id);
  const focused = document.activeElement?.getAttribute("href");
  old.replaceChildren(...page.getElementById(id).childNodes);
  if (focused) old.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  const tally = (root) => root.querySelector(`.rail a[href="${location.pathname}"]`);
  if (tally(document) && tally(page)) tally(document).replaceChildren(...tally(page).childNodes);
};

for (const name of ["message", "changed", "closed-for-all", "request"]) {
  document.getElementById(id).addEventListener(`live:${name}`, drawAnew);
}
document.getElementById(id).addEventListener("live:open", (event) => {
  if (event.detail.again) drawAnew();
});
