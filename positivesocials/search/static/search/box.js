// Suggests titles while somebody types. Without it the box sends its words, as any form does.

const PAUSE = 150;

const asked = async (form, words, signal) => {
  const address = `${form.dataset.suggest}?q=${encodeURIComponent(words)}`;
  try {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", signal });
    return answer.ok && !answer.redirected ? await answer.text() : "";
  } catch {
    return ""; // The line is down, or more was typed meanwhile.
  }
};

const watch = (form) => {
  const input = form.querySelector("input");
  const list = form.querySelector(".suggested");
  list.id = `${input.id}-suggested`;
  let timer = 0;
  let asking = new AbortController();
  let at = -1;

  const options = () => [...list.querySelectorAll("[role=option]")];

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const show = async () => {
    asking.abort();
    asking = new AbortController();
    const words = input.value.trim();
    if (words.length < 2) return close();
    const text = await asked(form, words, asking.signal);
    if (input.value.trim() !== words) return;
    const part = new DOMParser().parseFromString(text, "text/html");
    list.replaceChildren(...part.body.children);
    options().forEach((option, number) => { option.id = `${list.id}-${number}`; });
    close();
    if (options().length && document.activeElement === input) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
  };

  const choose = (next) => {
    const all = options();
    if (!all.length || list.hidden) return;
    // One place more than there are suggestions: the box itself.
    at = ((next + 1 + all.length + 1) % (all.length + 1)) - 1;
    all.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    if (at < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", all[at].id);
  };

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      choose(at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && at >= 0 && !list.hidden) {
      event.preventDefault();
      options()[at].click();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
};

for (const form of document.querySelectorAll("form[data-suggest]")) watch(form);
