// One open conversation: sends without leaving the page, and reads on when something happens elsewhere.
// Everything here also works by plain form posts; this only saves the reload.
//
// The server's parts are always "everything after the last message shown", so that two answers that
// arrive in any order leave no gap and, since known messages are skipped, nothing twice.

const talk = document.getElementById("talk");
const form = document.getElementById("say");
const list = document.querySelector(`.rail a[href="/conversations/"]`);

const LONGEST_TRY = 30000;

const part = (id) => document.getElementById(id).content.cloneNode(true);
const found = (id) => talk.querySelector(`[data-message="${id}"]`);
const asJson = { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual" };

// A page of earlier days reads on by its links: what is new does not follow what it shows.
const isPast = "past" in talk.dataset;

const lastShown = () => [...talk.querySelectorAll("[data-message]")].pop()?.dataset.message ?? "";

// The composer is docked over the page, so the end is where the last message stands just above it.
const end = () => {
  const dock = form?.isConnected ? form.offsetHeight : 0;
  return talk.getBoundingClientRect().bottom + scrollY + dock + 16 - innerHeight;
};

const isAtEnd = () => scrollY >= end() - 160;

// With the next picture, for asking how tall something is makes words wait.
const showEnd = () => requestAnimationFrame(() => scrollTo({ top: end() }));

const parsed = (html) => {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content;
};

// A message whose answer was lost may come back as news: then it waits no longer.
const settle = (key) => {
  if (key) talk.querySelector(`.queued[data-key="${key}"]`)?.remove();
};

// New messages stand before those still waiting to be sent.
const add = (node) => talk.insertBefore(node, talk.querySelector(".queued"));

const place = (html) => {
  const stay = isAtEnd();
  talk.querySelector("[data-empty]")?.remove();
  let day = null;
  for (const node of [...parsed(html).children]) {
    if (node.matches(".day")) {
      day = node;
      continue;
    }
    settle(node.dataset.key);
    if (!found(node.dataset.message)) {
      if (day) add(day);
      add(node);
    }
    day = null;
  }
  if (stay) showEnd();
};

// What is read here was never counted, so only what is written elsewhere changes the number.
const countUnread = async () => {
  if (!list) return;
  const answer = await fetch(talk.dataset.unread, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  for (const old of list.querySelectorAll(".tally, .hush")) old.remove();
  list.append(parsed(await answer.text()));
};

const close = () => {
  if (!form.isConnected) return;
  form.replaceWith(part("closed"));
  talk.dataset.closed = "";
};

const askNews = async () => {
  const last = lastShown();
  const answer = await fetch(last ? `${talk.dataset.news}${last}/` : talk.dataset.news, asJson);
  if (answer.status === 404 && form) close(); // Hidden by a block since.
  if (!answer.ok) return;
  const news = await answer.json();
  if (news.part.trim()) place(news.part);
  if (news.more) missed = true; // After a long break one answer does not hold everything.
  if (!news.open && form) close();
};

// One question at a time; what happens meanwhile is asked about afterwards. A page that nobody looks at
// waits, because fetching marks as read.
let asking = false;
let missed = false;
// The answer to what is being sent brings everything before it, too: what is heard meanwhile need not be asked for.
let sending = false;
let heard = [];
const readOn = async () => {
  if (isPast) return;
  if (asking || sending || document.hidden) {
    missed = true;
    return;
  }
  asking = true;
  missed = false;
  try {
    await askNews();
  } catch {
    missed = true; // The line is down: the next "open" asks again.
    return;
  } finally {
    asking = false;
  }
  if (missed) readOn();
};

const readAgain = async (id) => {
  const old = found(id);
  if (!old) return;
  const answer = await fetch(`${talk.dataset.line}${id}/`, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  const isIn = old.contains(document.activeElement);
  old.replaceWith(parsed(await answer.text()));
  if (isIn) found(id).querySelector("summary")?.focus();
};

// Which lines were seen is not told: the newest that were not yet ask. A reader may be quicker than the answer
// to our own sending; then it is asked once that has come.
let seenMeanwhile = false;
const askSeen = () => {
  seenMeanwhile = talk.querySelector(".queued") !== null;
  const mine = [...talk.querySelectorAll(".mine[data-message]")];
  const unseen = mine.filter((node) => !node.querySelector("[data-seen]"));
  for (const node of unseen.slice(-5)) readAgain(node.dataset.message);
};

const freshKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

// A redirect to the log-in page is answered as 0; 403 is a page from before the last log-in.
const isLoggedOut = (status) => status === 0 || status === 403;

// What the rules refuse goes back to the composer, to be changed there; anything else can be tried again.
const refuse = (bubble, data, reason, status) => {
  bubble.querySelector(".state").replaceWith(part("refused"));
  bubble.dataset.why = status ?? "offline";
  if (reason) bubble.querySelector("[data-reason]").textContent = reason;
  // A logged-out page is left soon: words that are back in the composer are kept beside it (drafts.js).
  if (status === 422 || isLoggedOut(status)) {
    const isFree = !form.elements.text.value;
    if (isFree) form.elements.text.value = data.get("text");
    if (isFree) form.dispatchEvent(new CustomEvent("given-back", { detail: data }));
    if (isFree) bubble.querySelector(".bubble").remove();
    bubble.querySelector("[data-again]").remove();
    form.elements.text.dispatchEvent(new Event("input"));
  }
  bubble.querySelector("[data-again]")?.addEventListener("click", () => {
    bubble.remove();
    send(data);
  });
};

// Words that may hurt are asked about once. What stands in the composer by then stays below them.
const ask = (bubble, data) => {
  bubble.querySelector(".state").replaceWith(part("sure"));
  bubble.querySelector("[data-anyway]").addEventListener("click", () => {
    bubble.remove();
    data.set("sure", "on");
    send(data);
  });
  bubble.querySelector("[data-change]").addEventListener("click", () => {
    bubble.remove();
    const text = form.elements.text;
    text.value = [data.get("text"), text.value].filter(Boolean).join("\n");
    text.focus();
  });
  showEnd();
};

const wait = (text, key) => {
  talk.append(part("waiting"));
  const bubble = talk.lastElementChild;
  bubble.dataset.key = key.replaceAll("-", "");
  bubble.querySelector(".bubble p").textContent = text;
  showEnd();
  return bubble;
};

const reasonIn = async (answer) => {
  if (isLoggedOut(answer.status)) {
    return part("signed-out").textContent;
  }
  try {
    return (await answer.json()).refused;
  } catch {
    return "";
  }
};

// The same key goes with every try, so that one message arrives once. One after the other, so that messages
// written quickly, or without a connection, arrive in the order in which they were written.
let before = Promise.resolve();
const send = (data) => {
  const bubble = wait(data.get("text"), data.get("client_key"));
  before = before.then(() => post(bubble, data));
};

const readWhatIsMissing = () => {
  const isMissing = heard.some((id) => !found(id));
  heard = [];
  if (missed || isMissing) readOn();
};

const post = async (bubble, data) => {
  data.set("shown", lastShown());
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const told = { ...asJson, method: "POST", body: new URLSearchParams(data) };
  sending = true;
  try {
    const answer = await fetch(form.action, { ...told, signal: AbortSignal.timeout(LONGEST_TRY) });
    if (answer.status === 428) {
      ask(bubble, data);
      return;
    }
    if (!answer.ok) {
      refuse(bubble, data, await reasonIn(answer), answer.status);
      return;
    }
    bubble.remove();
    form.dispatchEvent(new Event("say:sent"));
    const news = await answer.json();
    place(news.part);
    missed ||= news.more;
    if (seenMeanwhile) askSeen();
    showEnd();
  } catch {
    refuse(bubble, data);
  } finally {
    sending = false;
    readWhatIsMissing();
  }
};

const startComposer = () => {
  const text = form.elements.text;
  form.addEventListener("submit", (event) => {
    if (isPast) return;
    event.preventDefault();
    if (!text.value.trim()) return;
    send(new FormData(form));
    form.elements.client_key.value = freshKey();
    text.value = "";
    form.dispatchEvent(new CustomEvent("said"));
    text.focus();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
};

if (form) startComposer();
talk.addEventListener("live:message", (event) => {
  const id = event.detail.message;
  if (isPast || event.detail.conversation !== talk.dataset.conversation) countUnread();
  else if (sending) heard.push(id);
  else if (!found(id)) readOn();
});
talk.addEventListener("live:closed-for-all", (event) => {
  if (event.detail.conversation === talk.dataset.conversation) readOn();
});
talk.addEventListener("live:changed", (event) => {
  if (event.detail.conversation === talk.dataset.conversation) readAgain(event.detail.message);
});
talk.addEventListener("live:seen", (event) => {
  if (event.detail.conversation === talk.dataset.conversation) askSeen();
});
// The first time, too: something may have been written between the page and its socket.
talk.addEventListener("live:open", (event) => {
  readOn();
  if (event.detail.again) countUnread();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && missed) readOn();
});
// After the browser itself has gone to the address's #latest.
if (!location.search) addEventListener("load", showEnd);
