"""The files that speed is measured on: folders of articles, and long files made of them."""
import random
import shutil
from pathlib import Path

import positions

# Bytes of the folders and of the single files that every tool is tried on, the larger after the smaller.
SMALL, LARGE = 100_000, 1_000_000
MADE_FILES, MADE_PARAGRAPHS = 1000, 9


def gather(sources, seeds):
    """Texts by name: every *.txt of the folders `sources`; without any, text made of the paragraphs of `seeds`.

    Made text repeats its paragraphs, so a tool that remembers sentences looks faster on it than on news.
    """
    texts = {}
    for folder in sources:
        for path in sorted(Path(folder).glob("*.txt")):
            if path.name in texts:
                raise ValueError(f"two files are called {path.name}: some tools tell files by name alone")
            texts[path.name] = positions.load_plain(path).text
    if sources and not texts:
        raise ValueError(f"no *.txt in {', '.join(map(str, sources))}")
    return texts or made(seeds)


def made(seeds):
    """A thousand files of paragraphs drawn from `seeds`, none twice in a file, the same every time."""
    paragraphs = [p for path in seeds for p in positions.load_plain(path).text.split("\n\n") if p.strip()]
    draw = random.Random(2026)
    return {
        f"{number:04}.txt": "\n\n".join(draw.sample(paragraphs, min(MADE_PARAGRAPHS, len(paragraphs)))) + "\n"
        for number in range(MADE_FILES)
    }


def spread(texts, size):
    """Some of `texts`, evenly spread over them, of about `size` bytes together."""
    names, whole = sorted(texts), sum(len(text.encode()) for text in texts.values())
    count = max(1, min(len(names), round(len(names) * size / whole)))
    chosen = [names[i * len(names) // count] for i in range(count)]
    return {name: texts[name] for name in chosen}


def joined(texts, size):
    """One text of about `size` bytes: whole articles in turn, from the start again where they do not suffice."""
    parts, held = [], 0
    while held < size:
        for name in sorted(texts):
            parts.append(texts[name].rstrip("\n") + "\n\n")
            held += len(parts[-1].encode())
            if held >= size:
                break
    return {"long.txt": "".join(parts)}


def write(folder, texts):
    """Writes texts into a fresh folder; gives the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        Path(folder, name).write_bytes(text.encode())
    return folder
