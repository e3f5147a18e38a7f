// While a guest writes, a worker solves the riddle that a robot would have to solve for each reply. Whatever
// fails here, the form is sent all the same: then the mailed link says that a person wrote it.

const form = document.querySelector("form[data-riddle]");
const field = form?.elements.proof;
const LONGEST_WAIT = 20_000;
// A solution that ends within a minute may be too old when it arrives.
const MARGIN = 60;
let work = null;

const isFresh = () => {
  try {
    return JSON.parse(atob(field.value)).challenge.parameters.expiresAt > Date.now() / 1000 + MARGIN;
  } catch {
    return false;
  }
};

const solve = async () => {
  const answer = await fetch(form.dataset.riddle, {
    cache: "no-store",
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) return;
  const challenge = await answer.json();
  const worker = new Worker(form.dataset.worker);
  try {
    const solution = await new Promise((resolve, reject) => {
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = reject;
      worker.postMessage(challenge.parameters);
    });
    if (solution) field.value = btoa(JSON.stringify({ challenge, solution }));
  } finally {
    worker.terminate();
  }
};

const begin = () => {
  if (!work && !isFresh()) work = solve().catch(() => {}).finally(() => (work = null));
  return work;
};

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const send = async (event) => {
  if (isFresh()) return;
  event.preventDefault();
  if (form.dataset.sending) return;
  form.dataset.sending = "yes";
  form.querySelector("[data-working]").hidden = false;
  await Promise.race([begin(), wait(LONGEST_WAIT)]);
  // Not requestSubmit: without a solution it would end here again.
  form.submit();
};

if (form && field && globalThis.crypto?.subtle && globalThis.Worker) {
  form.addEventListener("input", begin);
  form.addEventListener("submit", send);
  // Gone back to a page that sent its form already: its solution is used up.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    field.value = "";
    delete form.dataset.sending;
    form.querySelector("[data-working]").hidden = true;
  });
}
