// Replying to one message without leaving the page, so that what was typed stays. Without this the links
// below a message load the page with its reply, and a quote leads to the page that shows the quoted one.

const talk = document.getElementById("talk");
const form = document.getElementById("say");
const strip = form?.querySelector("[data-answering]");

const line = (id) => talk.querySelector(`[data-message="${CSS.escape(id)}"]`);

const clear = () => {
  form.elements.reply_to.value = "";
  strip.replaceChildren();
};

const answer = (id) => {
  const from = line(id);
  const words = from?.querySelector(".bubble");
  if (!words) return;
  const shown = document.getElementById("answering").content.cloneNode(true);
  const own = [...words.children].filter((node) => !node.matches(".quoted"));
  shown.querySelector("[data-name]").textContent = from.querySelector(".by b").textContent;
  shown.querySelector("[data-text]").textContent = own.map((node) => node.textContent).join(" ").slice(0, 120);
  strip.replaceChildren(shown);
  form.elements.reply_to.value = id;
};

const show = (id) => {
  for (const old of talk.querySelectorAll(".msg.found")) old.classList.remove("found");
  const found = line(id);
  found.classList.add("found");
  found.tabIndex = -1;
  found.focus({ preventScroll: true });
  found.scrollIntoView({ block: "center" });
};

talk.addEventListener("click", (event) => {
  const reply = event.target.closest("[data-reply]");
  const quote = event.target.closest("[data-quote]");
  if (reply && form?.isConnected) {
    event.preventDefault();
    answer(reply.dataset.reply);
    form.elements.text.focus();
  } else if (quote && line(quote.dataset.quote)) {
    event.preventDefault();
    show(quote.dataset.quote);
  }
});

strip?.addEventListener("click", (event) => {
  if (!event.target.closest("[data-unanswer]")) return;
  event.preventDefault();
  clear();
  form.elements.text.focus();
});
form?.addEventListener("said", clear);
form?.addEventListener("given-back", (event) => {
  const id = event.detail.get("reply_to");
  if (id) answer(id);
});
