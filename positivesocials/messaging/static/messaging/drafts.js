// Saves what stands in the composer every few seconds and on leaving. An older page never overwrites a newer:
// it is told, and its words stay in their field. What did not arrive waits in the tab (stash.js).

import { openStash } from "./stash.js";

const PAUSE = 2000;
const LATER = 10000;

const form = document.getElementById("say");

const start = () => {
  const { text, draft } = form.elements;
  const stash = openStash(form.dataset.conversation, form.dataset.key);
  let known = text.defaultValue; // What the server keeps, as far as this page has heard.
  let tried = known;
  let timer = 0;
  let line = Promise.resolve();
  let isOvertaken = false;
  let isSending = false;
  let isGone = false;

  const told = () => form.querySelector("[data-overtaken]");

  const saved = (words, version) => {
    draft.value = version;
    known = words;
    if (text.value === words) stash.drop();
  };

  const post = (words, keepalive) => {
    const body = new URLSearchParams({ text: words, draft: draft.value });
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const headers = { Accept: "application/json" };
    return fetch(form.dataset.draft, { body, headers, keepalive, method: "POST", redirect: "manual" });
  };

  const tell = (version) => {
    isOvertaken = true;
    const note = document.getElementById("overtaken").content.cloneNode(true);
    note.firstElementChild.dataset.overtaken = "";
    note.querySelector("[data-mine]").addEventListener("click", () => {
      told().remove();
      isOvertaken = false;
      draft.value = version;
      save();
      text.focus();
    });
    text.after(note);
  };

  // The answer to an earlier try of this page may have been lost: its own words are not somebody else's.
  const overtaken = (newer, before) => {
    if (newer.version === undefined) return;
    if (newer.text !== before) {
      tell(newer.version);
      return;
    }
    draft.value = newer.version;
    known = newer.text;
    later(0);
  };

  // What was sent from here is kept until it has arrived, although the composer is empty.
  const isDue = () => text.value !== known && !isOvertaken && !isGone && !(isSending && !text.value);

  const ask = async () => {
    if (!isDue()) return;
    const words = text.value;
    const before = tried;
    tried = words;
    try {
      const answer = await post(words, false);
      if (answer.ok) saved(words, (await answer.json()).version);
      else if (answer.status === 409) overtaken(await answer.json(), before);
      else if (answer.status === 429) later(LATER);
    } catch {
      later(LATER);
    }
  };

  const save = () => {
    clearTimeout(timer);
    timer = 0;
    line = line.then(ask);
  };

  const later = (pause) => {
    timer ||= setTimeout(save, pause);
  };

  const leave = () => {
    if (isDue()) post(text.value, true).catch(() => {});
  };

  text.addEventListener("input", () => {
    stash.put(text.value);
    later(PAUSE);
  });
  form.addEventListener("submit", (event) => {
    isSending = true;
    isGone = !event.defaultPrevented; // By a plain post, from a page of earlier days.
  });
  form.addEventListener("say:sent", () => {
    isSending = false;
    if (!text.value) stash.drop();
    save();
  });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save();
  });

  // Was it sent all the same, and only the answer lost?
  const wasSent = (words) =>
    [...document.querySelectorAll(".mine[data-message] .bubble")].pop()?.innerText.trim() === words.trim();

  const restore = async () => {
    const words = await stash.take();
    if (!words) return;
    if (wasSent(words) || text.value.startsWith(words)) {
      stash.drop();
      return;
    }
    const goesOn = words.startsWith(text.value);
    text.value = words;
    if (goesOn) later(0);
    else tell(draft.value);
  };
  restore();
  later(0);
};

if (form) start();
