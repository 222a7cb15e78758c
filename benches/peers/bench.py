"""What is measured of one tool: the probe, start-up, folders, single files, annotated articles."""
import sys
from dataclasses import dataclass
from pathlib import Path

import corpus
import measure
import positions
import tools

SENTENCE = "The boats wait in the harbour until the wind drops, said the master of the port.\n"

# Tabs, accents, curly quotes and an emoji come before what the tools are to mark.
PROBE = (
    "Plain first line.\n\n"
    "\tThe café “is” 😀 very recieve the the end, said the chairman.\n"
    "A man was hit by the policeman in in london withinside the house.\n"
)

# CPU seconds on the folder of 1 MB from which on a tool is not run on a larger one: its speed is known.
SLOW = 5


class Failure(Exception):
    """A tool did not do its work; the message tells how."""


@dataclass
class Bench:
    """Where things are, and the most CPU seconds that a run may take."""

    work: Path
    unspin: Path
    limit: int
    environment: dict

    def run(self, tool, folder, english="us"):
        """One run of a tool on a folder that `corpus.write` made. Gives the run, without checking how it went."""
        command = [str(part) for part in tool.command(self.work, self.unspin, english)]
        place = self.work / (tool.start_in or "cwd")
        if tool.takes == tools.FOLDER:
            command.append(str(folder))
        elif tool.takes == tools.INSIDE:
            command.append(".")
            place = folder
        else:
            command.extend(str(path) for path in sorted(folder.iterdir()))
        return measure.run(command, place, self.environment, self.limit)

    def read(self, tool, run, texts):
        """The findings of a run by file name."""
        if run.status not in tool.statuses:
            raise Failure(f"exit status {run.status}: {(run.stderr or run.stdout)[:300]}")
        try:
            found = tool.read(getattr(run, tool.stream), texts)
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise Failure(f"its output cannot be read: {error!r}: {(run.stderr or run.stdout)[:300]}") from error
        passed_over = set(texts) - set(found)
        if tool.tells_all and passed_over:
            raise Failure(f"says nothing of {len(passed_over)} of {len(texts)} files, such as {min(passed_over)}")
        return found

    def probe(self, tool):
        """Makes sure that the tool checks every file of a folder and that its findings are read at their places."""
        texts = {"first.txt": PROBE, "second.txt": "More.\n" + PROBE}
        folder = corpus.write(self.work / "texts" / "probe", texts)
        found = self.read(tool, self.run(tool, folder), {name: positions.Text(text) for name, text in texts.items()})
        for name, text in texts.items():
            told = {text[start:end] for start, end, _ in found.get(name, [])}
            missing = [words for words in tool.probe if words not in told]
            if missing:
                raise Failure(f"marks {sorted(told)} in the probe, without {missing}: its output is read amiss")

    def start_up(self, tool):
        """Wall and CPU seconds, and memory, on one sentence: the median of up to five runs after one to warm up."""
        folder = corpus.write(self.work / "texts" / "sentence", {"sentence.txt": SENTENCE})
        self.run(tool, folder)
        once = lambda: self.run(tool, folder)
        return measure.repeat(once, once(), 5, 15)

    def speed(self, tool, start_up, sets, english):
        """Seconds, bytes and findings on each of `sets`, `(name, texts)` by growing size, until one takes too long.

        A set is left out when the one before it tells that the time cannot suffice (`late` is True there), and the last
        of three when the tool is so slow that it would tell nothing new.
        """
        measured, last, begin = {}, None, start_up["cpu"]
        for name, texts in sets:
            size = sum(len(text.encode()) for text in texts.values())
            if last and (last["late"] or begin + (last["cpu"] - begin) * size / last["bytes"] > self.limit):
                measured[name] = last = {"bytes": size, "late": True}
                continue
            if len(measured) == 2 and last["cpu"] > SLOW:
                continue
            say(f"{tool.name}: {name}")
            folder = corpus.write(self.work / "texts" / "speed", texts)
            first = self.run(tool, folder, english)
            if first.timed_out:
                measured[name] = last = {"bytes": size, "late": True}
                continue
            places = {file: positions.Text(text) for file, text in texts.items()}
            found = self.read(tool, first, places)
            seconds = measure.repeat(lambda: self.run(tool, folder, english), first, 3, 6)
            last = {"bytes": size, "late": False, **seconds}
            last["findings"] = sum(map(len, found.values()))
            last["words"] = sum(place.words() for place in places.values())
            measured[name] = last
        return measured

    def findings(self, tool, name, texts):
        """The findings on some texts by file name, and the run; `Failure` where the time ran out."""
        say(f"{tool.name}: {name}")
        folder = corpus.write(self.work / "texts" / "articles", {file: text.text for file, text in texts.items()})
        run = self.run(tool, folder)
        if run.timed_out:
            raise Failure(f"took more than {self.limit} CPU s on {name}")
        return self.read(tool, run, texts), run


def say(message):
    print(message, file=sys.stderr, flush=True)
