// Menus are <details>: they open and close without this file. It closes them on Escape and on a click elsewhere.
(() => {
  "use strict";
  const open = () => document.querySelectorAll("details[data-menu][open], .wurt-nav--narrow > details[open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const hadFocus = menu.contains(document.activeElement);
      menu.open = false;
      if (hadFocus) menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // Another language keeps the place on the page as well.
  for (const link of document.querySelectorAll(".wurt-language a")) {
    link.addEventListener("click", () => {
      const url = new URL(link.href);
      url.searchParams.set("next", url.searchParams.get("next") + location.hash);
      link.href = url.href;
    });
  }
})();
