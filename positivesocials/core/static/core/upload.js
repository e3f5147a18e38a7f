// Says that a photo is on its way, sends it once, and notices before the way if it is too large.
const LARGEST = 10 * 1024 * 1024;
const form = document.querySelector("[data-upload]");

// Where there are as many photos as there may be, no file can be chosen.
function chosen() {
  return form.querySelector("[data-picture]")?.files[0];
}

function warn() {
  form.querySelector("[data-heavy]")?.toggleAttribute("hidden", !isHeavy());
}

function isHeavy() {
  return (chosen()?.size ?? 0) > LARGEST;
}

form?.addEventListener("change", warn);

form?.addEventListener("submit", (event) => {
  warn();
  const button = form.querySelector("button.main");
  if (isHeavy() || button.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return;
  }
  button.setAttribute("aria-disabled", "true");
  const busy = form.querySelector("[data-busy]");
  if (busy && chosen()) busy.textContent = busy.dataset.words;
});

// Back in the browser's history: the button works again.
window.addEventListener("pageshow", () => form?.querySelector("button.main").removeAttribute("aria-disabled"));
