// A form with data-passkey="create" or "get": its button with data-passkey-button asks the device for a passkey
// and sends the answer in the field "answer". The challenge stands in data-options, or is fetched from data-ask.
// Nothing is stored in the browser.

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const toText = (buffer) => {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withBytes = (options) => {
  const known = (list) => (list || []).map((item) => ({ ...item, id: toBytes(item.id) }));
  const read = { ...options, challenge: toBytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: toBytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = known(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = known(options.allowCredentials);
  return read;
};

const asAnswer = (credential) => {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const part of parts) if (credential.response[part]) response[part] = toText(credential.response[part]);
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  });
};

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const reply = await fetch(form.dataset.ask, { method: "POST", headers: { Accept: "application/json" } });
  if (!reply.ok) throw new Error("refused");
  return JSON.parse((await reply.json()).options);
};

const ask = async (form) => {
  const publicKey = withBytes(await optionsOf(form));
  const isNew = form.dataset.passkey === "create";
  const credential = await navigator.credentials[isNew ? "create" : "get"]({ publicKey });
  return asAnswer(credential);
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-button]");
  const show = (name) => form.querySelector(`[data-passkey-${name}]`)?.removeAttribute("hidden");
  if (!window.PublicKeyCredential) {
    show("missing");
    continue;
  }
  button.hidden = false;
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      form.elements.answer.value = await ask(form);
      if (button.hasAttribute("formaction")) form.action = button.formAction;
      form.submit();
    } catch {
      // Cancelled, timed out, or no passkey for this site: the device has said so already.
      button.disabled = false;
      show("failed");
    }
  });
}
