// Folded check boxes say how many are chosen. Without this file the numbers are those of the page as it was sent.
(() => {
  "use strict";
  const count = (part) => {
    const shown = part.querySelector("[data-chosen]");
    if (shown) shown.textContent = part.querySelectorAll("input:checked").length;
  };

  for (const field of document.querySelectorAll("[data-choices]")) {
    const update = () => [field, ...field.querySelectorAll("details")].forEach(count);
    field.addEventListener("change", update);
    // A browser that comes back puts the ticks where they were, not the numbers.
    window.addEventListener("pageshow", update);
  }
})();
