// `lint.toml` and a pack, edited beside the text that they are for.
import { button, element, make } from "./dom.ts";
import { Paper } from "./editor/paper.ts";
import { setProblems, tomlEditing } from "./editor/toml.ts";
import { CONFIG, type Problem, type Settled } from "./messages.ts";
import { sampleConfig, samplePack } from "./samples.ts";
import { counted } from "./wording.ts";

/** How long nobody writes before settings are taken, in milliseconds. */
const PAUSE = 200;

export class SettingsEditor {
  private readonly config: Paper;
  private readonly pack: Paper;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  /** `onChange` is told of both texts. */
  constructor(private readonly onChange: (config: string, pack: string) => void) {
    this.config = this.editor("config", "lint.toml", "# Nothing here: every rule is as it is shipped", sampleConfig);
    this.pack = this.editor(
      "pack",
      "pack.toml, rules of your own",
      "# Phrases with their examples, which are its tests",
      samplePack,
    );
  }

  /** What became of them. */
  show({ problems, tests }: Settled): void {
    const of = (file: string) => problems.filter((problem) => problem.file === file);
    told(this.config, element("config-told"), of(CONFIG));
    told(
      this.pack,
      element("pack-told"),
      problems.filter(({ file }) => file !== CONFIG),
    );
    const host = element("pack-tests");
    const examples = tests.reduce((sum, test) => sum + test.examples, 0);
    const failures = tests.flatMap(({ rule, failures: all }) => all.map((failure) => ({ rule, ...failure })));
    const parts: HTMLElement[] = [];
    if (tests.length > 0) {
      const all = `${counted(tests.length, "rule")}, ${counted(examples, "example")}`;
      const said = failures.length === 0 ? "all as they say" : `${failures.length} not as they say`;
      parts.push(make("p", { class: failures.length === 0 ? "passed" : "failed" }, `${all}: ${said}.`));
    }
    for (const { rule, example, message, expected, found } of failures) {
      const lines = [...expected.map((line) => `- ${line}`), ...found.map((line) => `+ ${line}`)];
      parts.push(
        make("p", {}, `${rule}, example ${example}: ${message}`),
        make("pre", { tabindex: 0 }, lines.join("\n")),
      );
    }
    host.replaceChildren(...parts);
  }

  private editor(id: string, label: string, hint: string, sample: string): Paper {
    const paper = new Paper(element(id), {
      label,
      hint,
      extensions: tomlEditing,
      onChange: () => {
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.onChange(this.config.text, this.pack.text), PAUSE);
      },
    });
    element(`${id}-tools`).append(
      button("Sample", () => paper.replace(sample), { "aria-label": `Sample of ${label}` }),
      button("Clear", () => paper.replace(""), { "aria-label": `Clear ${label}` }),
    );
    return paper;
  }
}

function told(paper: Paper, host: HTMLElement, problems: Problem[]): void {
  paper.view.dispatch({ effects: setProblems.of(problems) });
  const items = problems.map(({ start, message, help }) => {
    const { doc } = paper.view.state;
    const place = Math.min(start, doc.length);
    const line = doc.lineAt(place);
    const where = `${line.number}:${place - line.from + 1}`;
    const act = () => {
      paper.view.dispatch({ selection: { anchor: place }, scrollIntoView: true });
      paper.view.focus();
    };
    const go = button(where, act, { title: "Show it in the text" });
    return make("li", {}, go, ` ${message}`, help ? ` (${help})` : "");
  });
  host.replaceChildren(...items);
}
