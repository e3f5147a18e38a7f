// Counts notices beside the bell while the page is open. Pages without a line of their own get one here;
// the events of either bubble up to the document.

const bell = document.getElementById("bell");
const count = document.getElementById("bell-count");

if (!document.querySelector("[data-live]")) bell.dataset.live = bell.dataset.socket;

const ask = async () => {
  try {
    const answer = await fetch(bell.dataset.count, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    count.replaceChildren(...part.body.childNodes);
  } catch {
    // The line is down: the next "open" asks again.
  }
};

document.addEventListener("live:notice", ask);
document.addEventListener("live:open", (event) => {
  if (event.detail.again) ask();
});
