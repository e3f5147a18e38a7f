// Switches this device on: asks the browser only after the button was pressed, and posts what it answers.

const form = document.getElementById("device");

const bytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const started = (registration) =>
  new Promise((done) => {
    if (registration.active) return done();
    const worker = registration.installing || registration.waiting;
    worker.addEventListener("statechange", () => worker.state === "activated" && done());
  });

const subscribe = async () => {
  const address = `${form.dataset.worker}?say=${encodeURIComponent(form.dataset.say)}`;
  const registration = await navigator.serviceWorker.register(address);
  await started(registration);
  const old = await registration.pushManager.getSubscription();
  await old?.unsubscribe();
  const key = bytes(form.dataset.key);
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
};

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  form.hidden = false;
  document.getElementById("device-none").hidden = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { endpoint, keys } = (await subscribe()).toJSON();
      form.elements.endpoint.value = endpoint;
      form.elements.point.value = keys.p256dh;
      form.elements.auth.value = keys.auth;
      form.submit();
    } catch {
      document.getElementById("device-refused").hidden = false;
    }
  });
}
