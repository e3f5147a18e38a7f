// Counts up until PBKDF2 gives a key that begins as the riddle says (replies/proofs.py). Takes the
// parameters, gives the count and the key, or null.

const MOST = 10_000;

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

const solve = async ({ algorithm, cost, keyLength, keyPrefix, nonce, salt }) => {
  const start = bytes(nonce);
  const password = new Uint8Array(start.length + 4);
  password.set(start);
  const way = { name: "PBKDF2", hash: algorithm.split("/")[1], iterations: cost, salt: bytes(salt) };
  for (let counter = 0; counter < MOST; counter++) {
    new DataView(password.buffer).setUint32(start.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(way, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
  return null;
};

self.onmessage = async (event) => self.postMessage(await solve(event.data));
