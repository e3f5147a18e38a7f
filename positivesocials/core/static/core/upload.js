// Says that a photo is on its way, sends it once, and notices before the way if it is too large.
const LARGEST = 10 * 1024 * 1024;
const form = document.querySelector("[data-upload]");

function isHeavy() {
  const [file] = form.querySelector("[data-picture]").files;
  return Boolean(file && file.size > LARGEST);
}

function warn() {
  form.querySelector("[data-heavy]").hidden = !isHeavy();
}

form?.addEventListener("change", warn);

form?.addEventListener("submit", (event) => {
  warn();
  const button = form.querySelector("button.main");
  if (isHeavy() || button.getAttribute("aria-disabled") === "true") {
    event.preventDefault();
    return;
  }
  const busy = form.querySelector("[data-busy]");
  button.setAttribute("aria-disabled", "true");
  busy.textContent = busy.dataset.words;
});

// Back in the browser's history: the button works again.
window.addEventListener("pageshow", () => form?.querySelector("button.main").removeAttribute("aria-disabled"));
