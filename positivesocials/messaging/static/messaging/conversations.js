// The open list of conversations draws itself anew when something was written elsewhere.

const id = "conversations";

const drawAnew = async () => {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const old = document.getElementById(id);
  const focused = document.activeElement?.getAttribute("href");
  old.replaceChildren(...page.getElementById(id).childNodes);
  if (focused) old.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  const tally = (root) => root.querySelector(`.rail a[href="${location.pathname}"]`);
  if (tally(document) && tally(page)) tally(document).replaceChildren(...tally(page).childNodes);
};

for (const name of ["message", "changed", "closed-for-all"]) {
  document.getElementById(id).addEventListener(`live:${name}`, drawAnew);
}
document.getElementById(id).addEventListener("live:open", (event) => {
  if (event.detail.again) drawAnew();
});
