// Words that did not reach the server yet, sealed beside the page for as long as its tab is open. Only pages of
// the same account and conversation are given the key: whoever sits here next has a number of bytes.

const NUMBER = 12;

const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const toText = (bytes) => btoa(String.fromCharCode(...bytes));
const ordinary = (text) => text.replaceAll("-", "+").replaceAll("_", "/");

// `key` is 256 bits, as the signature of a link is written. Without a secure line there is no cipher, and no stash.
export const openStash = (conversation, key) => {
  const name = `talk-${conversation}`;
  const cipher = crypto.subtle?.importKey("raw", toBytes(ordinary(key)), "AES-GCM", false, ["encrypt", "decrypt"]);
  let latest = 0;

  const drop = () => {
    latest += 1;
    sessionStorage.removeItem(name);
  };

  const put = async (text) => {
    if (!cipher) return;
    const turn = (latest += 1);
    const iv = crypto.getRandomValues(new Uint8Array(NUMBER));
    const words = new TextEncoder().encode(text);
    const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await cipher, words));
    if (turn === latest) sessionStorage.setItem(name, toText([...iv, ...sealed]));
  };

  const take = async () => {
    const kept = sessionStorage.getItem(name);
    if (!kept || !cipher) return "";
    try {
      const bytes = toBytes(kept);
      const way = { name: "AES-GCM", iv: bytes.slice(0, NUMBER) };
      const words = await crypto.subtle.decrypt(way, await cipher, bytes.slice(NUMBER));
      return new TextDecoder().decode(words);
    } catch {
      drop(); // Of somebody else, or of another key of the site.
      return "";
    }
  };

  return { drop, put, take };
};
