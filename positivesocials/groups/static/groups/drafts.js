// Keeps what one writes in a group as a draft, some seconds after the last key and on leaving. Without a script
// the button "Keep as draft" does the same. An older page never overwrites a newer: it is told, and stops.

const PAUSE = 3000;
const FIELDS = ["text", "title", "note"];

const start = (form) => {
  const fields = FIELDS.map((name) => form.elements[name]).filter(Boolean);
  const now = () => fields.map((field) => field.value).join("\n\n");
  let known = now();
  let timer = 0;
  let line = Promise.resolve();
  let isOver = false;

  const show = (id) => {
    form.querySelector("[data-draft-state]")?.remove();
    const note = document.getElementById(id).content.firstElementChild.cloneNode(true);
    note.dataset.draftState = "";
    form.elements.text.closest(".field").append(note);
  };

  const post = (keepalive) => {
    const body = new URLSearchParams({ draft: form.elements.draft.value });
    fields.forEach((field) => body.set(field.name, field.value));
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const headers = { Accept: "application/json" };
    return fetch(form.dataset.draft, { body, headers, keepalive, method: "POST", redirect: "manual" });
  };

  const ask = async () => {
    const words = now();
    if (words === known || isOver) return;
    try {
      const answer = await post(false);
      if (answer.ok) {
        known = words;
        form.elements.draft.value = (await answer.json()).version;
        show("kept");
      } else if (answer.status === 409) {
        isOver = true;
        show("overtaken");
      }
    } catch {
      later();
    }
  };

  const save = () => {
    clearTimeout(timer);
    timer = 0;
    line = line.then(ask);
  };

  const later = () => {
    timer ||= setTimeout(save, PAUSE);
  };

  fields.forEach((field) => field.addEventListener("input", later));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isOver = true;
  });
  addEventListener("pagehide", () => {
    if (now() !== known && !isOver) post(true).catch(() => {});
  });
};

document.querySelectorAll("form[data-draft]").forEach(start);
