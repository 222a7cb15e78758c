// The guides: which Markdown of the repository is a page, under which name, in which part.

export interface Source {
  /** The file, from the root of the repository. */
  file: string;
  /** The page, from the root of the site. */
  page: string;
  /** What it is called beside the others. */
  name: string;
}

const guide = (file: string, page: string, name: string): Source => ({ file, page: `guide/${page}.html`, name });

/** By part, as the list beside each guide has them. */
export const PARTS: Record<string, Source[]> = {
  Begin: [
    guide("README.md", "index", "Overview"),
    guide("crates/lint/SETTINGS.md", "settings", "Settings"),
    guide("crates/apply/FIXES.md", "fixes", "Repairs"),
    guide("crates/apply/BASELINE.md", "baseline", "Baselines"),
    guide("crates/text/FORMATS.md", "markup", "What is read of a text"),
    guide("crates/containers/README.md", "containers", "Files of many texts"),
    guide("crates/report/FORMATS.md", "formats", "Report formats"),
    guide("crates/score/README.md", "score", "Scoring a corpus"),
  ],
  "Two texts": [
    guide("crates/compare/COMPARING.md", "comparing", "Comparing"),
    guide("crates/compare/LEARNING.md", "learning", "Learning from pairs"),
  ],
  "Your own rules": [
    guide("crates/packs/GUIDE.md", "packs", "Your first pack"),
    guide("crates/packs/REFERENCE.md", "packs-reference", "Pack reference"),
    guide("rules/README.md", "rules", "Rules in code"),
    guide("crates/guest/README.md", "plugins", "Plugins"),
    guide("crates/plugins/ABI.md", "plugins-abi", "Plugins, byte by byte"),
  ],
  Where: [
    guide("editors/README.md", "editors", "Editors"),
    guide("crates/lsp/README.md", "language-server", "Language server"),
    guide("ci/README.md", "ci", "CI and hooks"),
    guide("crates/python/README.md", "python", "Python"),
    guide("crates/web/README.md", "web", "JavaScript"),
    guide("examples/spark/README.md", "spark", "Spark"),
  ],
  "What it rests on": [
    guide("crates/model/EVALUATION.md", "evaluation", "Evaluation"),
    guide("crates/model/DATA.md", "data", "Data"),
    guide("benches/SPEED.md", "speed", "Speed"),
    guide("benches/peers/README.md", "peers", "Beside other linters"),
    guide("SECURITY.md", "security", "Security"),
    guide("STABILITY.md", "stability", "Stability"),
    guide("crates/README.md", "architecture", "Architecture"),
  ],
};

export const METHODS = "methods.html";
