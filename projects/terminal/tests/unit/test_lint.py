import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from checks.lint import find_problems, main, tidy


def problems_of(body: str) -> list[str]:
    return [text for _, text in find_problems('"""A module."""\n' + body)]


class LintTest(unittest.TestCase):
    def test_finds_unused_imports(self) -> None:
        found = problems_of("import os.path\nfrom a import b as c\n")
        self.assertEqual(found, ["os is imported and not used", "c is imported and not used"])
        self.assertEqual(problems_of("import os.path\nprint(os.sep)\n"), [])
        self.assertEqual(problems_of("from a import b\n__all__ = ['b']\n"), [])

    def test_finds_missing_docstrings_of_public_things(self) -> None:
        source = "def a():\n    pass\n\nclass B:\n    def c(self):\n        pass\n\n"
        source += "    def _d(self):\n        pass\n"
        self.assertEqual([line for line, _ in find_problems(source)], [1, 1, 4, 5])
        self.assertEqual(find_problems(source, needs_docstrings=False), [])

    def test_finds_fstrings_without_placeholders(self) -> None:
        self.assertEqual(problems_of('A = f"x"\n'), ["an f-string without a placeholder"])
        self.assertEqual(problems_of('A = f"{1:>5}" f"x"\n'), [])

    def test_finds_long_lines_and_untidy_ends(self) -> None:
        self.assertEqual(problems_of(f'A = "{"x" * 105}"\n'), ["111 characters; the most is 110"])
        self.assertIn("spaces at the end", problems_of("A = 1 \n")[0])
        self.assertIn("must end with one line break", problems_of("A = 1")[0])
        self.assertIn("must end with one line break", problems_of("A = 1\n\n")[0])

    def test_finds_syntax_that_is_too_new(self) -> None:
        self.assertIn("not the syntax of Python 3.9", problems_of("match 1:\n    case 1:\n        pass\n")[0])

    def test_tidies_files_and_exits_1_for_problems(self) -> None:
        self.assertEqual(tidy("a  \n\n\n"), "a\n")
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as output:
            file = Path(folder, "a.py")
            file.write_text('"""A."""  \n', encoding="utf-8")
            self.assertEqual([main([str(file)]), main(["--fix", str(file)]), main([str(file)])], [1, 0, 0])
        self.assertIn("a.py:1: spaces at the end of the line", output.getvalue())
