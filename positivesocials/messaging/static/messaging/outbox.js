// Messages that wait on the page: they go by themselves once there is a connection, or a log-in, again.
// They are kept in the page and nowhere else, so leaving it asks first; "Exit this page" never does.

const talk = document.getElementById("talk");
const form = document.getElementById("say");
const ASK_EVERY = 15000;

const waiting = (why) => [...talk.querySelectorAll(`.queued[data-why="${why}"] [data-again]`)];

const sendAgain = (why) => {
  for (const again of waiting(why)) again.click();
};

// A log-in in another tab has another token; and only who wrote the message may send it.
const fresh = async () => {
  const answer = await fetch(location.pathname, { credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isSame = page.getElementById("talk")?.dataset.seat === talk.dataset.seat;
  return isSame ? page.querySelector("#say [name=csrfmiddlewaretoken]")?.value : null;
};

const afterLogIn = async () => {
  if (document.hidden || !waiting("0").length) return;
  try {
    const token = await fresh();
    if (!token) return;
    form.elements.csrfmiddlewaretoken.value = token;
    sendAgain("0");
  } catch {
    // No connection: the next look at the page tries again.
  }
};

if (form) {
  addEventListener("online", () => sendAgain("offline"));
  talk.addEventListener("live:open", () => sendAgain("offline"));
  setInterval(() => navigator.onLine && sendAgain("offline"), ASK_EVERY);
  document.addEventListener("visibilitychange", afterLogIn);
  addEventListener("focus", afterLogIn);
  addEventListener("beforeunload", (event) => {
    const isExit = document.documentElement.classList.contains("covered");
    if (talk.querySelector(".queued") && !isExit) event.preventDefault();
  });
}
