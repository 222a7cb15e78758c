// Owns the engine. One piece of work after the other, each answered once; a rule that fails takes the engine with it,
// so the page ends this worker and starts another without that rule.
import { entries, Linter, load, model, RuleFault, type Session, version } from "unspin";

import { compared } from "./changes.ts";
import { checked } from "./marks.ts";
import type { Answer, Answered, Ask, Asked, Kind, Markup } from "./messages.ts";

/** What texts are called in reports: those of a page have no names. */
const NAMES: Record<Markup, { path: string; originalPath: string }> = {
  plain: { path: "text.txt", originalPath: "original.txt" },
  markdown: { path: "text.md", originalPath: "original.md" },
  html: { path: "text.html", originalPath: "original.html" },
};

let linter: Linter | undefined;
/** The text that is being written, as it is read. */
let writing: { session: Session; markup: Markup } | undefined;

type Done = { [K in Kind]: (asked: Asked<K>) => Answered<K> | Promise<Answered<K>> };

const settled = (): Linter => (linter ??= new Linter());

function session(markup: Markup): Session {
  if (writing?.markup === markup) return writing.session;
  writing?.session.free();
  writing = { session: settled().session({ markup }), markup };
  return writing.session;
}

const work: Done = {
  async load({ wasm, model: bytes }) {
    await load({ wasm, model: bytes });
    return { version, model };
  },
  settle({ config, packs, failed }) {
    writing?.session.free();
    writing = undefined;
    linter?.free();
    linter = new Linter({ config, packs, failed });
    return { problems: linter.problems, tests: linter.testPack(), rules: linter.rules() };
  },
  check({ text, markup, isAtRest }) {
    const written = session(markup);
    return checked(text, isAtRest ? written.settle(text) : written.glance(text));
  },
  compare({ original, text, markup }) {
    const found = settled().compare(original, text, { markup, originalMarkup: markup });
    return compared(original, text, found);
  },
  fix({ text, markup }) {
    const { text: fixed, applied } = settled().fix(text, { markup });
    return { text: fixed, applied };
  },
  render({ text, markup, format }) {
    return settled().render(text, format, { markup, path: NAMES[markup].path, full: true });
  },
  renderComparison({ original, text, markup, format }) {
    return settled().renderComparison(original, text, format, {
      markup,
      originalMarkup: markup,
      ...NAMES[markup],
      full: true,
    });
  },
  entries({ name, bytes }) {
    const failures: string[] = [];
    const found = entries(name, bytes, (failure) => failures.push(failure));
    if (found.length === 0 && failures[0] !== undefined) throw new Error(failures[0]);
    return found;
  },
};

async function answer({ seq, kind, asked }: Ask): Promise<Answer> {
  try {
    const act = work[kind] as (asked: Asked<Kind>) => Answered<Kind> | Promise<Answered<Kind>>;
    return { seq, outcome: "done", answer: await act(asked) };
  } catch (error) {
    if (error instanceof RuleFault) return { seq, outcome: "fault", rule: error.rule, message: error.fault };
    return { seq, outcome: "refused", message: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", ({ data }: MessageEvent<Ask>) => {
  void answer(data).then((told) => postMessage(told));
});
