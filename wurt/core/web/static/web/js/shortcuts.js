// Keys named in aria-keyshortcuts press what they stand on. Pages without this file work the same; whoever switched
// shortcuts off never loads it.
(() => {
  "use strict";
  const name = (event) =>
    [
      event.ctrlKey && "Control",
      event.altKey && "Alt",
      event.metaKey && "Meta",
      event.shiftKey && "Shift",
      event.key,
    ]
      .filter(Boolean)
      .join("+");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat) return;
    const target = document.querySelector(`[aria-keyshortcuts="${CSS.escape(name(event))}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
})();
