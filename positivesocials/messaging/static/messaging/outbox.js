// Messages that were written without a connection wait on the page and go by themselves once there is one.
// They are kept in the page and nowhere else, so leaving it asks first; "Exit this page" never does.

const talk = document.getElementById("talk");
const form = document.getElementById("say");
const ASK_EVERY = 15000;
const OFFLINE = '.queued[data-why="offline"]';

const sendAgain = () => {
  for (const again of talk.querySelectorAll(`${OFFLINE} [data-again]`)) again.click();
};

if (form) {
  addEventListener("online", sendAgain);
  talk.addEventListener("live:open", sendAgain);
  setInterval(() => navigator.onLine && sendAgain(), ASK_EVERY);
  addEventListener("beforeunload", (event) => {
    const isExit = document.documentElement.classList.contains("covered");
    const isWaiting = talk.querySelector(`.queued:not([data-why]), ${OFFLINE}`) !== null;
    if (isWaiting && !isExit) event.preventDefault();
  });
}
