// Keeps one WebSocket open for the element that carries data-live, and hands every event on.
//
//   <section id="talk" data-live="/conversations/ID/live/"> ... </section>
//   document.getElementById("talk").addEventListener("live:message", (event) => show(event.detail));
//
// The server sends JSON with a "type"; the element hears "live:<type>" with the whole object as detail.
// "live:open" and "live:closed" tell of the connection itself: after "live:open" with detail.again a page
// should ask for what it missed. While nothing can be heard, it is told so every few seconds.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;
const ASK_EVERY = 10000;
// The server says something at least every 45 seconds.
const LONGEST_SILENCE = 120000;
// Too many pages of one account are open: this one, the oldest, asks now and then, and is back when looked at.
const ELSEWHERE = 4409;
const SIGNED_OUT = 4401;
const PROVING_TIME = 5000;
const LONGEST_ANSWER = 30000;

const tell = (element, name, detail = {}) =>
  element.dispatchEvent(new CustomEvent(`live:${name}`, { detail, bubbles: true }));

const addressOf = (element) => {
  const url = new URL(element.dataset.live, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
};

// Between half and the whole of it, so that pages are never in step with each other.
const about = (time) => time * (0.5 + Math.random() / 2);

// A form may be on its way, and its answer may bring the session's new key: loading anew would throw that away.
let leftAt = -Infinity;
addEventListener("beforeunload", () => (leftAt = Date.now()));

const loadAnew = () => {
  const wait = leftAt + LONGEST_ANSWER - Date.now();
  if (wait > 0) setTimeout(loadAnew, wait);
  else location.reload();
};

export const connect = (element) => {
  let socket = null;
  let timer = 0;
  let tries = 0;
  let opened = false;
  let refused = false;
  let proving = false;
  // The server cannot hear its neighbours, so that it may not know of everything.
  let alone = false;
  let heardAt = 0;

  const askAgain = () => tell(element, "open", { again: true });

  const hear = (text) => {
    const event = JSON.parse(text);
    heardAt = Date.now();
    if (event.type === "alone") alone = true;
    if (event.type === "again") {
      alone = false;
      askAgain();
    }
    tell(element, event.type, event);
  };

  const open = () => {
    clearTimeout(timer);
    socket = new WebSocket(addressOf(element));
    socket.onopen = () => {
      tell(element, "open", { again: opened });
      tries = 0;
      opened = true;
      alone = false;
      refused = false;
      heardAt = Date.now();
    };
    socket.onmessage = (event) => hear(event.data);
    socket.onclose = (event) => {
      tell(element, "closed", { code: event.code });
      if (event.code === SIGNED_OUT) askOnceMore();
      // 4000 and above are refusals: trying again would not change the answer.
      refused = event.code >= 4000 && event.code !== ELSEWHERE;
      if (event.code < 4000) retry();
    };
  };

  // Waits longer each time.
  const retry = () => {
    timer = setTimeout(open, about(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries)));
    tries += 1;
  };

  const hurry = () => {
    if (document.visibilityState === "visible" && socket.readyState === WebSocket.CLOSED) {
      tries = 0;
      open();
    }
  };

  // Another tab may have given the session a new key. If it is over, what this page still shows is not for
  // whoever sits here now.
  const askOnceMore = () => {
    if (proving) {
      loadAnew();
      return;
    }
    proving = true;
    setTimeout(() => (proving = false), PROVING_TIME);
    open();
  };

  const isOpen = () => socket.readyState === WebSocket.OPEN;

  // A line that died without a word: the browser may take long to notice.
  const hangUp = () => {
    socket.onclose = null;
    socket.close();
    tell(element, "closed", { code: 1006 });
    open();
  };

  const look = () => {
    if (document.visibilityState === "visible") {
      if (isOpen() && Date.now() - heardAt > LONGEST_SILENCE) hangUp();
      if ((!isOpen() || alone) && !refused) askAgain();
    }
    setTimeout(look, about(ASK_EVERY));
  };

  document.addEventListener("visibilitychange", hurry);
  addEventListener("online", hurry);
  open();
  setTimeout(look, about(ASK_EVERY));
};

for (const element of document.querySelectorAll("[data-live]")) connect(element);
