"""Finds unused imports, missing docstrings, f-strings without placeholders, long lines and untidy ends."""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

LONGEST_LINE = 110
OLDEST_PYTHON = (3, 9)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def find_problems(source: str, needs_docstrings: bool = True) -> list[tuple[int, str]]:
    """The problems of a module as (line, text), in order of lines."""
    try:
        tree = ast.parse(source, feature_version=OLDEST_PYTHON)
    except SyntaxError as error:
        return [(error.lineno or 1, f"not the syntax of Python 3.9: {error.msg}")]
    problems = [*_check_lines(source), *_check_imports(tree), *_check_fstrings(tree)]
    if needs_docstrings:
        problems += _check_docstrings(tree)
    return sorted(problems)


def tidy(source: str) -> str:
    """The source without spaces at line ends, and with one line break at its end."""
    return "\n".join(line.rstrip() for line in source.rstrip().splitlines()) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Checks the files named, or with --fix tidies them; 1 when there is something to correct."""
    found = 0
    for name in (argument for argument in arguments if argument != "--fix"):
        path = Path(name)
        source = path.read_text(encoding="utf-8")
        if "--fix" in arguments and tidy(source) != source:
            path.write_text(tidy(source), encoding="utf-8")
            print(f"{name}: tidied")
        elif "--fix" not in arguments:
            for line, text in find_problems(source, not path.name.startswith("test_")):
                found += 1
                print(f"{name}:{line}: {text}")
    return 1 if found else 0


def _check_lines(source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            yield number, f"{len(line)} characters; the most is {LONGEST_LINE}"
        if line != line.rstrip():
            yield number, "spaces at the end of the line (`make format` removes them)"
    if source and (not source.endswith("\n") or source.endswith("\n\n")):
        yield len(source.splitlines()), "the file must end with one line break (`make format` sees to it)"


def _check_imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= set(_read_exports(tree))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                continue
            for alias in node.names:
                name = alias.asname or alias.name.split(".")[0]
                if name not in used:
                    yield node.lineno, f"{name} is imported and not used"


def _read_exports(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign):
            if any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
                yield from ast.literal_eval(node.value)


def _check_docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    if ast.get_docstring(tree) is None:
        yield 1, "the module has no docstring"
    yield from _check_members(tree.body)


def _check_members(body: Sequence[ast.stmt]) -> Iterator[tuple[int, str]]:
    for node in body:
        if isinstance(node, DEFINITIONS) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                yield node.lineno, f"{node.name} is public and has no docstring"
            if isinstance(node, ast.ClassDef):
                yield from _check_members(node.body)


def _check_fstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    # The format in f"{x:>5}" is such a node as well, and needs no placeholder.
    formats = {id(node.format_spec) for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in formats:
            if not any(isinstance(value, ast.FormattedValue) for value in node.values):
                yield node.lineno, "an f-string without a placeholder"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
