// Earlier messages come in above, without a reload, and what one reads stays where it is. The link works by itself.

const talk = document.getElementById("talk");

const linkIn = (root) => root.querySelector("[data-earlier]");

const asked = async (address) => {
  try {
    const answer = await fetch(address, { credentials: "same-origin" });
    return answer.ok && !answer.redirected ? await answer.text() : "";
  } catch {
    return ""; // The link is still there.
  }
};

// Of one day only the first heading stays.
const joinDays = (earlier) => {
  const days = (root) => [...root.querySelectorAll(".day")].filter((day) => !day.querySelector("a"));
  const last = days(earlier).pop();
  const next = days(talk)[0];
  if (last && next?.textContent === last.textContent) next.remove();
};

const stay = (node, top) => scrollBy({ top: node.getBoundingClientRect().top - top, behavior: "instant" });

const placeAbove = (page) => {
  const earlier = page.getElementById("talk");
  for (const node of earlier.querySelectorAll("[data-later]")) node.remove();
  for (const node of earlier.querySelectorAll("#latest")) node.removeAttribute("id");
  const first = talk.querySelector("[data-message]");
  const top = first.getBoundingClientRect().top;
  const hadFocus = talk.contains(document.activeElement) && document.activeElement.matches("[data-earlier]");
  joinDays(earlier);
  linkIn(talk).closest(".day").replaceWith(...earlier.children);
  stay(first, top);
  requestAnimationFrame(() => stay(first, top));
  if (hadFocus) (linkIn(talk) ?? talk).focus({ preventScroll: true });
};

let isAsking = false;
const bring = async () => {
  const link = linkIn(talk);
  if (!link || isAsking) return;
  isAsking = true;
  talk.setAttribute("aria-busy", "true");
  const text = await asked(link.href);
  const page = text && new DOMParser().parseFromString(text, "text/html");
  if (page && page.getElementById("talk")) placeAbove(page);
  talk.removeAttribute("aria-busy");
  isAsking = false;
  watch();
};

talk.addEventListener("click", (event) => {
  if (!event.target.closest("[data-earlier]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  bring();
});

const watcher = new IntersectionObserver(
  (entries) => {
    if (entries.some((entry) => entry.isIntersecting)) bring();
  },
  { rootMargin: "400px 0px 0px 0px" },
);

const watch = () => {
  watcher.disconnect();
  const link = linkIn(talk);
  if (link) watcher.observe(link);
};

// Not before somebody moves: a page begins at its top for a moment.
for (const name of ["wheel", "touchmove", "keydown"]) addEventListener(name, watch, { once: true, passive: true });
