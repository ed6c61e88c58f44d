import sys
import types
import unittest

from checks.annotations import find_problems, load_modules


def problems_of(source: str) -> list[str]:
    module = types.ModuleType("example")
    # Checking a class looks up its module by name.
    sys.modules["example"] = module
    exec(source, vars(module))
    return find_problems(module)


class AnnotationsTest(unittest.TestCase):
    def test_is_content_with_full_annotations(self) -> None:
        source = "class A:\n    def b(self, c: int) -> str: ...\n"
        source += "    @staticmethod\n    def d(e: int) -> None: ...\n"
        self.assertEqual(problems_of(source + "def f(*g: int, **h: 'A') -> 'A': ...\n"), [])

    def test_finds_what_has_none(self) -> None:
        source = "def a(b, *c: int): ...\n"
        source += "class D:\n    def e(self, f) -> None: ...\n    def _g(self, h): ...\n"
        self.assertEqual(
            problems_of(source),
            [
                "example.a: parameter b has no annotation",
                "example.a: the return value has no annotation",
                "example.D.e: parameter f has no annotation",
            ],
        )

    def test_finds_names_that_do_not_exist(self) -> None:
        self.assertIn("cannot be resolved: name 'Missing'", problems_of("def a() -> 'Missing': ...\n")[0])

    def test_loads_every_module_but_the_one_that_runs(self) -> None:
        names = {module.__name__ for module in load_modules("terminal")}
        self.assertLess({"terminal", "terminal.cli", "terminal.model"}, names)
        self.assertNotIn("terminal.__main__", names)
