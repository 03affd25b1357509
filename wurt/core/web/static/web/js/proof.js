// Proof of work for public forms: solved beside the page while somebody types. Without this file the form goes
// through as well, by another way. <input type="hidden" name="proof" data-challenge="…" data-worker="…">
(() => {
  "use strict";
  const PATIENCE = 8000; // longest wait after the button was pressed, milliseconds

  for (const field of document.querySelectorAll("input[data-challenge]")) {
    const form = field.form;
    const status = form.querySelector("[data-waiting]");
    let solving = null;
    let passed = false;

    const solve = () => {
      solving ??= new Promise((done) => {
        let worker = null;
        try { worker = new Worker(field.dataset.worker); } catch { done(); return; }
        worker.onmessage = (event) => { field.value = event.data; worker.terminate(); done(); };
        worker.onerror = () => { worker.terminate(); done(); };
        worker.postMessage(field.dataset.challenge);
      });
      return solving;
    };

    form.addEventListener("focusin", solve, { once: true });
    form.addEventListener("input", solve, { once: true });
    form.addEventListener("submit", (event) => {
      if (field.value || passed || event.defaultPrevented || !form.requestSubmit) return;
      event.preventDefault();
      if (status) status.textContent = status.dataset.waiting;
      const late = new Promise((done) => setTimeout(done, PATIENCE));
      Promise.race([solve(), late]).then(() => {
        passed = true;
        if (status) status.textContent = "";
        form.requestSubmit(event.submitter ?? undefined);
      });
    });
    // Back from the next page: the solution is used up, and the page may be the one of before.
    addEventListener("pageshow", (event) => { if (event.persisted && field.value) location.reload(); });
  }
})();
