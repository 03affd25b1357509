// Tries counters until PBKDF2 of nonce and counter begins with the wanted bytes (ALTCHA, second version).
"use strict";
const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve(challenge) {
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const password = new Uint8Array([...bytes(nonce), 0, 0, 0, 0]);
  const view = new DataView(password.buffer);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  const started = performance.now();
  for (let counter = 0; ; counter += 1) {
    view.setUint32(password.length - 4, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(how, key, (keyLength ?? 32) * 8));
    if (derivedKey.startsWith(keyPrefix)) {
      return { counter, derivedKey, time: Math.round(performance.now() - started) };
    }
  }
}

addEventListener("message", async (event) => {
  const challenge = JSON.parse(event.data);
  postMessage(btoa(JSON.stringify({ challenge, solution: await solve(challenge) })));
});
