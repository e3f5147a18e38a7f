// "Exit this page": covers the screen at once, ends the session, and replaces the page by a neutral one.
// A classic script in the head, so that it is there before anything can be seen.
(() => {
  const { leave, target } = document.currentScript.dataset;
  const LEFT = "left";
  const PRESSES = 3;
  const WITHIN = 5000;
  const WAIT = 1500;
  let presses = [];

  const cover = () => {
    document.documentElement.classList.add("covered");
    document.title = "\u200e";
  };

  const go = () => {
    try {
      sessionStorage.setItem(LEFT, "1");
    } catch {
      // Storage may be off; then only Back is less quiet.
    }
    location.replace(target);
  };

  // Waits a moment, because a request cut off by the next page might not end the session.
  const exit = () => {
    cover();
    const ended = fetch(leave, { method: "POST", redirect: "manual", keepalive: true });
    const late = new Promise((done) => setTimeout(done, WAIT));
    Promise.race([ended, late]).then(go, go);
  };

  // Back, after leaving: a page that the browser kept must not show again.
  const refuseReturn = (kept) => {
    let left = null;
    try {
      left = sessionStorage.getItem(LEFT);
      const [entry] = performance.getEntriesByType("navigation");
      if (left && (kept || entry?.type === "back_forward")) {
        cover();
        location.replace(target);
      } else {
        sessionStorage.removeItem(LEFT);
      }
    } catch {
      // Nothing is remembered, so there is nothing to refuse.
    }
  };

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-exit]")) return;
    event.preventDefault();
    exit();
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("a[data-exit]")) return;
    event.preventDefault();
    exit();
  });

  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    const now = Date.now();
    presses = [...presses.filter((at) => now - at < WITHIN), now];
    if (presses.length >= PRESSES) exit();
  });

  addEventListener("pageshow", (event) => event.persisted && refuseReturn(true));
  refuseReturn(false);
})();
