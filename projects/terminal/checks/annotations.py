"""Checks that every public function is annotated in full and that the annotations can be resolved.

This is no type checker: whether a value has the type that is written is not looked at.
"""

import importlib
import inspect
import pkgutil
import sys
import typing
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any


def find_problems(module: ModuleType) -> list[str]:
    """What is missing in the annotations of the public functions, methods and classes of `module`."""
    name = module.__name__
    return [f"{name}.{member}: {text}" for member, text in _check_members(vars(module), name, "")]


def load_modules(package: str) -> list[ModuleType]:
    """The package and all modules in it; those named __main__ are left out, because they run."""
    root = importlib.import_module(package)
    names = [info.name for info in pkgutil.walk_packages(getattr(root, "__path__", []), f"{package}.")]
    return [root, *(importlib.import_module(name) for name in names if not name.endswith("__main__"))]


def main(packages: Sequence[str]) -> int:
    """Checks the packages named; 1 when there is something to correct."""
    modules = [module for package in packages for module in load_modules(package)]
    problems = [text for module in modules for text in find_problems(module)]
    for text in problems:
        print(text)
    return 1 if problems else 0


def _check_members(members: Any, module: str, prefix: str) -> Iterator[tuple[str, str]]:
    for name, member in list(members.items()):
        function = _unwrap(member)
        if getattr(function, "__module__", None) != module or (name.startswith("_") and name != "__init__"):
            continue
        if inspect.isclass(function):
            yield from _check_hints(prefix + name, function)
            yield from _check_members(vars(function), module, f"{prefix}{name}.")
        elif inspect.isfunction(function):
            bound = bool(prefix) and not isinstance(member, staticmethod)
            yield from _check_function(prefix + name, function, bound)


def _unwrap(member: Any) -> Any:
    if isinstance(member, (staticmethod, classmethod)):
        return member.__func__
    return member.fget if isinstance(member, property) else member


def _check_function(name: str, function: Any, bound: bool) -> Iterator[tuple[str, str]]:
    signature = inspect.signature(function)
    for parameter in list(signature.parameters.values())[1 if bound else 0 :]:
        if parameter.annotation is inspect.Parameter.empty:
            yield name, f"parameter {parameter.name} has no annotation"
    # What dataclasses generate has no return annotation in each version of Python.
    if signature.return_annotation is inspect.Signature.empty and function.__name__ != "__init__":
        yield name, "the return value has no annotation"
    yield from _check_hints(name, function)


def _check_hints(name: str, annotated: Any) -> Iterator[tuple[str, str]]:
    try:
        typing.get_type_hints(annotated)
    except (NameError, AttributeError, TypeError, SyntaxError) as error:
        yield name, f"an annotation cannot be resolved: {error}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
