
"use strict";
(() => {
  const root = document.documentElement;
  const summary = document.getElementById("summary");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  root.classList.add("js");

  // The summary holds the filters, so whoever goes through the page by keyboard meets it first.
  const main = document.getElementById("texts");
  if (summary) main.before(summary);

  const findings = all(".finding");
  const marks = all("[data-for]").map((mark) => ({ mark, targets: mark.dataset.for.split(" ") }));
  const boxes = all("[data-filter] input");
  const result = document.querySelector(".result");
  const grouped = (count) => count.toLocaleString("en");

  const filter = () => {
    const wanted = (kind) => {
      const table = document.querySelector(`[data-filter="${kind}"]`);
      return new Set(all("input:checked", table).map((box) => box.value));
    };
    const [severities, rules] = [wanted("severity"), wanted("rule")];
    const shown = new Set();
    for (const finding of findings) {
      const { severity, rule } = finding.dataset;
      finding.hidden = !(severities.has(severity) && rules.has(rule));
      if (!finding.hidden) shown.add(finding.id);
    }
    for (const { mark, targets } of marks) {
      mark.classList.toggle("off", !targets.some((target) => shown.has(target)));
    }
    for (const passage of all(".passage")) {
      passage.hidden = !passage.querySelector(".finding:not([hidden]), mark:not(.off)");
    }
    root.classList.toggle("filtered", shown.size !== findings.length);
    const what = result.dataset.what ?? "findings";
    result.textContent = `${grouped(shown.size)} of ${grouped(findings.length)} ${what} shown`;
  };

  if (result && boxes.length > 0) {
    result.hidden = false;
    for (const box of boxes) {
      box.hidden = false;
      box.addEventListener("change", filter);
    }
    for (const table of all("[data-filter]")) {
      const choices = document.createElement("div");
      choices.className = "choices";
      for (const [name, checked] of [["All", true], ["None", false]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = name;
        button.setAttribute("aria-label", `${name}, ${table.caption.textContent.toLowerCase()}`);
        button.addEventListener("click", () => {
          for (const box of all("input", table)) box.checked = checked;
          filter();
        });
        choices.append(button);
      }
      table.after(choices);
    }
    filter();
  }

  // A finding that a filter hides is shown again where somebody goes to it.
  const arrive = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.classList.contains("finding")) return;
    if (target.hidden) {
      for (const box of boxes) {
        const { severity, rule } = target.dataset;
        if (box.value === severity || box.value === rule) box.checked = true;
      }
      filter();
      target.scrollIntoView();
    }
    target.focus({ preventScroll: true });
  };
  addEventListener("hashchange", arrive);

  // What is said of a mark, beside it.
  const card = document.createElement("div");
  card.className = "card";
  card.id = "card";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  main.append(card);
  let told = null;
  // What described its link before.
  let described = null;

  const light = (targets, on) => {
    for (const target of targets) {
      const marked = all(`mark[data-for~="${target}"]`);
      for (const part of [document.getElementById(target), ...marked]) part?.classList.toggle("lit", on);
    }
  };

  const hide = () => {
    if (!told) return;
    const link = told.querySelector("a");
    if (described) link?.setAttribute("aria-describedby", described);
    else link?.removeAttribute("aria-describedby");
    light(told.dataset.for.split(" "), false);
    card.hidden = true;
    told = null;
  };

  const show = (mark) => {
    if (told === mark) return;
    hide();
    const targets = mark.dataset.for.split(" ").map((id) => document.getElementById(id));
    const seen = targets.filter((target) => target && !target.hidden);
    if (seen.length === 0) return;
    card.replaceChildren(
      ...seen.map((finding) => {
        const part = document.createElement("div");
        part.className = finding.dataset.severity;
        part.append(...all(".what, .fixes, .reasons", finding).map((piece) => piece.cloneNode(true)));
        for (const named of all("[id]", part)) named.removeAttribute("id");
        return part;
      }),
    );
    card.hidden = false;
    // Above the first line of the mark, so that what stands below it can be read; else below.
    const place = mark.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = card;
    const left = Math.max(16, Math.min(place.left, root.clientWidth - width - 16));
    const top = place.top >= height + 10 ? place.top - height - 6 : mark.getBoundingClientRect().bottom + 6;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${top + scrollY}px`;
    const link = mark.querySelector("a");
    described = link?.getAttribute("aria-describedby");
    link?.setAttribute("aria-describedby", "card");
    light(mark.dataset.for.split(" "), true);
    told = mark;
  };

  const markOf = (event) => event.target.closest?.("mark[data-for]");
  document.addEventListener("mouseover", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else if (!card.contains(event.target) && !told?.contains(document.activeElement)) hide();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark) show(mark);
    else hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  // In the strip of a text, the nearest mark.
  for (const strip of all(".strip")) {
    strip.addEventListener("click", (event) => {
      const centre = (place) => {
        const { left, right } = place.getBoundingClientRect();
        return Math.abs((left + right) / 2 - event.clientX);
      };
      const places = all("[data-for]:not(.off)", strip).sort((one, other) => centre(one) - centre(other));
      if (places.length > 0) location.hash = places[0].dataset.for;
    });
  }

  const opened = [];
  addEventListener("beforeprint", () => {
    hide();
    for (const details of all("details:not([open])")) {
      details.open = true;
      opened.push(details);
    }
  });
  addEventListener("afterprint", () => {
    while (opened.length > 0) opened.pop().open = false;
  });
})();
