// Keeps one WebSocket open for the element that carries data-live, and hands every event on.
//
//   <section id="talk" data-live="/conversations/ID/live/"> ... </section>
//   document.getElementById("talk").addEventListener("live:message", (event) => show(event.detail));
//
// The server sends JSON with a "type"; the element hears "live:<type>" with the whole object as detail.
// "live:open" and "live:closed" tell of the connection itself: after "live:open" with detail.again a page
// should ask for what it missed.

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30000;

const tell = (element, name, detail = {}) =>
  element.dispatchEvent(new CustomEvent(`live:${name}`, { detail, bubbles: true }));

const addressOf = (element) => {
  const url = new URL(element.dataset.live, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url;
};

const hear = (element, text) => {
  const event = JSON.parse(text);
  // The session ended: what this page still shows is not for whoever sits here now.
  if (event.type === "ended") location.reload();
  tell(element, event.type, event);
};

export const connect = (element) => {
  let socket = null;
  let timer = 0;
  let tries = 0;
  let opened = false;

  const open = () => {
    clearTimeout(timer);
    socket = new WebSocket(addressOf(element));
    socket.onopen = () => {
      tell(element, "open", { again: opened });
      tries = 0;
      opened = true;
    };
    socket.onmessage = (event) => hear(element, event.data);
    socket.onclose = (event) => {
      tell(element, "closed", { code: event.code });
      // 4000 and above are refusals: asking again would not change the answer.
      if (event.code < 4000) retry();
    };
  };

  // Waits longer each time and never in step with the others.
  const retry = () => {
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) * (0.5 + Math.random() / 2);
    tries += 1;
    timer = setTimeout(open, wait);
  };

  const hurry = () => {
    if (document.visibilityState === "visible" && socket.readyState === WebSocket.CLOSED) {
      tries = 0;
      open();
    }
  };

  document.addEventListener("visibilitychange", hurry);
  addEventListener("online", hurry);
  open();
};

for (const element of document.querySelectorAll("[data-live]")) connect(element);
