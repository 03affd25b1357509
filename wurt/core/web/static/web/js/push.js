// Lets notices come to this device: asks the browser only after the button, then sends an ordinary form.
// <section data-push data-key="…" data-worker="…" data-no="…" data-failed="…"> with <form data-push-form>.
(() => {
  "use strict";
  const part = document.querySelector("[data-push]");
  if (!part || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const form = part.querySelector("[data-push-form]");
  const status = part.querySelector("[role=status]");
  const bytes = (text) => Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  part.querySelector("[data-push-none]").hidden = true;
  form.hidden = false;

  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    status.textContent = part.dataset.asking;
    try {
      const worker = await navigator.serviceWorker.register(part.dataset.worker);
      if (await Notification.requestPermission() !== "granted") {
        status.textContent = part.dataset.no;
        return;
      }
      const options = { userVisibleOnly: true, applicationServerKey: bytes(part.dataset.key) };
      let made;
      try {
        made = await worker.pushManager.subscribe(options);
      } catch (error) {
        // A subscription with an older key of this site stands in the way.
        const old = await worker.pushManager.getSubscription();
        if (!old) throw error;
        await old.unsubscribe();
        made = await worker.pushManager.subscribe(options);
      }
      form.elements.endpoint.value = made.endpoint;
      form.elements.p256dh.value = text(made.getKey("p256dh"));
      form.elements.auth.value = text(made.getKey("auth"));
      form.requestSubmit();
    } catch {
      status.textContent = part.dataset.failed;
    }
  });
})();
