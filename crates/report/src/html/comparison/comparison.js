
"use strict";
(() => {
  const markOf = (element) => element?.closest?.("mark[data-for]");

  // A mark leads to the other side, where the focus has its reason and its fix told.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("mark[data-for] a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const there = document.getElementById(link.hash.slice(1));
    const mark = markOf(there);
    if (!mark) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    const target = mark.querySelector("a") ?? mark;
    if (target === mark) mark.tabIndex = -1;
    target.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "nearest" });
  });

  // What is told of a change points at both of its sides.
  const light = (finding, on) => {
    for (const mark of document.querySelectorAll(`mark[data-for~="${finding.id}"]`)) mark.classList.toggle("lit", on);
  };
  let told = null;
  document.addEventListener("mouseover", (event) => {
    const finding = event.target.closest?.(".changes .finding");
    if (finding === told) return;
    if (told) light(told, false);
    if (finding) light(finding, true);
    told = finding ?? null;
  });

  const whole = document.getElementById("whole-texts");
  if (whole) {
    const pairs = document.querySelector(".pairs");
    whole.closest("p").hidden = false;
    whole.addEventListener("change", () => pairs.classList.toggle("whole-texts", whole.checked));
  }
})();
