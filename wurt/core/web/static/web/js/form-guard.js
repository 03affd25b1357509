// <form data-guard="name">: what was typed stays on this device until it is sent, and leaving asks first.
// Passwords, files and hidden fields are never kept. Without this file the form works all the same.
(() => {
  "use strict";
  const keepable = (field) =>
    field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !field.dataset.noDraft;

  for (const form of document.querySelectorAll("form[data-guard]")) {
    const key = `wurt-draft:${location.pathname}:${form.dataset.guard}`;
    const fields = () => [...form.elements].filter(keepable);
    let changed = false;

    const restore = () => {
      let draft = null;
      try { draft = JSON.parse(sessionStorage.getItem(key)); } catch { return; }
      // After an error the server sends back what was typed; that is newer than the draft.
      if (!draft || form.querySelector("[aria-invalid]")) return;
      for (const field of fields()) {
        if (!(field.name in draft)) continue;
        const values = draft[field.name];
        if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
        else field.value = values[0];
      }
      changed = true;
    };

    form.addEventListener("input", () => {
      changed = true;
      const draft = {};
      for (const field of fields()) {
        draft[field.name] ??= [];
        if (!["checkbox", "radio"].includes(field.type) || field.checked) draft[field.name].push(field.value);
      }
      try { sessionStorage.setItem(key, JSON.stringify(draft)); } catch { /* a full or closed store: nothing to do */ }
    });

    form.addEventListener("submit", () => {
      changed = false;
      sessionStorage.removeItem(key);
    });

    addEventListener("beforeunload", (event) => {
      if (changed) event.preventDefault();
    });

    restore();
  }
})();
