// Menus of buttons that open below their names, and close again when something was chosen or somebody looks elsewhere.

/** Makes all menus of the page close as they should. */
export function menus(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");
  addEventListener("click", (event) => {
    for (const menu of open()) {
      const isName = event.target instanceof Element && event.target.closest("summary")?.parentElement === menu;
      if (!isName) menu.open = false;
    }
  });
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  addEventListener("focusin", (event) => {
    for (const menu of open()) if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  });
}
