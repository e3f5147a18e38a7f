// Shows questions that were answered before while somebody types theirs. Without it there is a button for that.

const PAUSE = 400;

const asked = async (form, words, signal) => {
  const address = `${form.dataset.alike}?q=${encodeURIComponent(words)}`;
  try {
    const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", signal });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null; // The line is down, or more was typed meanwhile.
  }
};

const watch = (form) => {
  const input = form.querySelector("input[name=title]");
  const place = form.querySelector(".alike");
  let timer = 0;
  let asking = new AbortController();

  const show = async () => {
    asking.abort();
    asking = new AbortController();
    const words = input.value.trim();
    if (words.length < 8) return;
    const text = await asked(form, words, asking.signal);
    if (text === null || input.value.trim() !== words) return;
    const part = new DOMParser().parseFromString(text, "text/html");
    place.replaceChildren(...part.body.children);
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  });
};

for (const form of document.querySelectorAll("form[data-alike]")) watch(form);
