// A reaction without leaving the page: the form is posted, and the line is drawn anew as for everybody else.

const talk = document.getElementById("talk");

const drawAnew = (message) => {
  const detail = { conversation: talk.dataset.conversation, message };
  talk.dispatchEvent(new CustomEvent("live:changed", { detail }));
};

const post = async (form, button) => {
  const body = new URLSearchParams(new FormData(form, button));
  const headers = { Accept: "application/json" };
  const told = { method: "POST", body, headers, credentials: "same-origin", redirect: "manual" };
  return (await fetch(form.action, told)).ok;
};

talk.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-react]");
  if (!form) return;
  event.preventDefault();
  const message = form.closest("[data-message]").dataset.message;
  try {
    if (!(await post(form, event.submitter))) location.reload(); // Closed, gone or logged out: the page says which.
    else drawAnew(message);
  } catch {
    form.closest("details")?.removeAttribute("open"); // No connection: nothing happened.
  }
});

// What opens at the end of the page would open below the composer.
talk.addEventListener(
  "toggle",
  (event) => {
    if (event.target.open) event.target.scrollIntoView({ block: "nearest" });
  },
  { capture: true },
);
