// Tabs after the pattern of the ARIA guide: arrows go between them, Tab goes on into the panel.

/** Makes the buttons of a list of tabs work; `onOpen` is told of the tab that is opened. */
export function tabs(list: HTMLElement, onOpen: (name: string) => void): (name: string) => void {
  const all = [...list.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
  const panel = (tab: HTMLElement) => document.getElementById(tab.getAttribute("aria-controls") ?? "");
  const open = (wanted: HTMLButtonElement) => {
    for (const tab of all) {
      const isOpen = tab === wanted;
      tab.setAttribute("aria-selected", String(isOpen));
      tab.tabIndex = isOpen ? 0 : -1;
      const shown = panel(tab);
      if (shown) shown.hidden = !isOpen;
    }
    onOpen(wanted.value);
  };
  for (const [nth, tab] of all.entries()) {
    tab.addEventListener("click", () => open(tab));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      const next = step ? all[(nth + step + all.length) % all.length] : { Home: all[0], End: all.at(-1) }[key];
      if (!next) return;
      open(next);
      next.focus();
    });
  }
  return (name) => {
    const tab = all.find(({ value }) => value === name);
    if (tab) open(tab);
  };
}
