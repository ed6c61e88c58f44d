"""Colours, and text that cannot do anything to the terminal."""

import unicodedata
from collections.abc import Mapping
from typing import TextIO

RESET = "\x1b[0m"
COLOURS = {
    "success": "\x1b[32m",
    "ok": "\x1b[32m",
    "failure": "\x1b[31m",
    "stopped": "\x1b[31m",
    "degraded": "\x1b[33m",
    "skipped": "\x1b[33m",
}


def wants_colour(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether `stream` is a terminal that shows colours, and NO_COLOR (https://no-color.org) is not set."""
    return stream.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def paint(text: str, word: str, colour: bool) -> str:
    """`text` in the colour of a status word; unknown words have none."""
    return f"{COLOURS[word]}{text}{RESET}" if colour and word in COLOURS else text


def clean(text: str) -> str:
    """`text` without control and formatting characters: a command in a record could hold escape sequences."""
    spaced = text.translate({ord(char): " " for char in "\t\r\n"})
    return "".join(char for char in spaced if not _is_control(char))


def measure(text: str) -> int:
    """How many columns `text` takes: wide characters take two, combining ones none."""
    return sum(_measure_character(char) for char in text)


def cut(text: str, width: int) -> str:
    """`text`, shortened to at most `width` columns with an ellipsis."""
    if measure(text) <= width:
        return text
    kept = ""
    room = width - 1
    for char in text:
        room -= _measure_character(char)
        if room < 0:
            break
        kept += char
    return f"{kept}…" if width > 0 else ""


def _measure_character(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
