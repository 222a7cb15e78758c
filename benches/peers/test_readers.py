"""Every reader on what its tool printed for the probe, trimmed, and on the traps of its units."""
import json
import unittest

import positions
import readers
from bench import PROBE

TEXTS = {"first.txt": positions.Text(PROBE)}


def marked(read, output, texts=None):
    """The words that the findings cover, in order, by file name."""
    texts = texts or TEXTS
    return {
        name: [texts[name].text[start:end] for start, end, _ in found] for name, found in read(output, texts).items()
    }


class Readers(unittest.TestCase):
    def test_unspin_counts_code_points(self):
        place = lambda char: {"byte": char + 8, "char": char, "utf16": char + 1, "line": 4, "column": 45}
        finding = {"rule": "cascade-artifact", "family": "phrases", "severity": "error"}
        finding |= {"start": place(125), "end": place(145)}
        output = json.dumps({"files": [{"path": "texts/first.txt", "findings": [finding]}]})
        self.assertEqual(marked(readers.unspin, output), {"first.txt": ["withinside the house"]})

    def test_harper_counts_code_points_and_hides_the_folder(self):
        lints = [{"rule": "RepeatedWords", "span": {"char_start": 49, "char_end": 56}},
                 {"rule": "SpellCheck", "span": {"char_start": 41, "char_end": 48}}]
        output = json.dumps([{"file": "<dir>/first.txt", "lint_count": 2, "lints": lints}])
        self.assertEqual(marked(readers.harper, output), {"first.txt": ["the the", "recieve"]})

    def test_proselint_counts_one_too_many(self):
        found = [{"check_path": "weasel_words.very", "span": [37, 41]}, {"check_path": "lexical_illusions", "span": [50, 57]}]
        output = json.dumps({"result": {"file:///texts/first.txt": {"diagnostics": found}}})
        self.assertEqual(marked(readers.proselint, output), {"first.txt": ["very", "the the"]})

    def test_typos_counts_bytes_of_the_line(self):
        output = '{"type":"typo","path":"texts/first.txt","line_num":3,"byte_offset":30,"typo":"recieve","corrections":[]}\n'
        self.assertEqual(marked(readers.typos, output), {"first.txt": ["recieve"]})

    def test_typos_in_the_name_of_a_file_are_no_findings(self):
        output = '{"type":"typo","path":"texts/teh.txt","byte_offset":0,"typo":"teh","corrections":["the"]}\n'
        self.assertEqual(readers.typos(output, TEXTS), {})

    def test_codespell_names_no_column(self):
        texts = {"a.txt": positions.Text("Fine.\nétehs and teh — then teh.\n")}
        output = "texts/a.txt:2: teh ==> the\ntexts/a.txt:2: teh ==> the\nnoise\n"
        found = readers.codespell(output, texts)
        self.assertEqual([start for start, _, _ in found["a.txt"]], [16, 27])
        self.assertEqual(marked(readers.codespell, output, texts), {"a.txt": ["teh", "teh"]})
        with self.assertRaises(ValueError):
            readers.codespell(output + "texts/a.txt:2: teh ==> the\n", texts)

    def test_write_good_counts_utf16_units_from_zero(self):
        output = (
            'texts/first.txt:3:18:"very" is a weasel word and can weaken meaning\n'
            'texts/first.txt:3:35:"the" is repeated\n'
            'texts/first.txt:4:6:"was hit" may be passive voice\n\n'
        )
        self.assertEqual(marked(readers.write_good, output), {"first.txt": ["very", "the", "was hit"]})
        self.assertEqual(readers.write_good(output, TEXTS)["first.txt"][1][0], PROBE.index("the end"))

    def test_write_good_over_a_line_end_and_over_quotes(self):
        texts = {"a.txt": positions.Text('It was\nhit. He said "so" "so" there.\n')}
        output = 'a.txt:1:3:"was hit" may be passive voice\na.txt:2:18:""so"" is repeated\n'
        self.assertEqual(marked(readers.write_good, output, texts), {"a.txt": ["was\nhit", '"so"']})

    def test_alex_counts_utf16_units_from_one(self):
        output = (
            "../texts/first.txt\n"
            "  3:54-3:62  warning  `chairman` may be insensitive, use `chair` instead  chairman-chairwoman  retext-equality\n"
            "    4:3-4:6  warning  `man` may be insensitive, use `people` instead      gals-man             retext-equality\n"
            "\nother.txt: no issues found\n\n⚠ 2 warnings\n"
        )
        texts = {**TEXTS, "other.txt": positions.Text("")}
        self.assertEqual(marked(readers.alex, output, texts), {"first.txt": ["chairman", "man"], "other.txt": []})

    def test_cspell_counts_utf16_units_from_one(self):
        output = (
            "first.txt:3:24 - Unknown word (recieve) fix: (receive)\n"
            "./first.txt:4:45 - Unknown word (withinside)\n"
        )
        self.assertEqual(marked(readers.cspell, output), {"first.txt": ["recieve", "withinside"]})

    def test_textlint_ends_where_the_message_says(self):
        def message(rule, line, column, words, **more):
            loc = {"start": {"line": line, "column": column}, "end": {"line": line, "column": column + 1}}
            return {"ruleId": rule, "message": words, "loc": loc, **more}

        messages = [
            message("write-good", 4, 7, '"was hit" may be passive voice'),
            message("common-misspellings", 3, 24, "Correct it to receive", fix={"range": [42, 49], "text": "receive"}),
            message("stop-words", 3, 44, "Avoid using “said”"),
            message("rousseau", 3, 19, "adverbs can weaken meaning"),
        ]
        output = json.dumps([{"filePath": "/texts/first.txt", "messages": messages}])
        self.assertEqual(marked(readers.textlint, output), {"first.txt": ["was hit", "recieve", "said", "very"]})


class Positions(unittest.TestCase):
    def test_units_differ_after_an_emoji(self):
        text = positions.Text("a\n\té😀b\n")
        self.assertEqual([text.from_utf16(2, n) for n in (0, 1, 2, 4)], [2, 3, 4, 5])
        self.assertEqual([text.from_bytes(2, n) for n in (0, 1, 3, 7)], [2, 3, 4, 5])
        self.assertEqual(text.line(2), (2, "\té😀b"))
        self.assertEqual(text.line(3), (7, ""))


if __name__ == "__main__":
    unittest.main()
