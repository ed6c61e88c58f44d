"""Where output goes, and what it can show."""

import shutil
from collections.abc import Mapping, Sequence
from typing import Optional, TextIO

from terminal.style import wants_colour


class Screen:
    """A stream of text that may be a terminal."""

    def __init__(self, stream: TextIO, environment: Mapping[str, str]) -> None:
        self.stream = stream
        self.colour = wants_colour(stream, environment)
        self.moves = stream.isatty() and environment.get("TERM") != "dumb"

    def width(self) -> Optional[int]:
        """Columns of the terminal; None, for no limit, where there is none."""
        return shutil.get_terminal_size().columns if self.stream.isatty() else None

    def fit(self, lines: Sequence[str]) -> Sequence[str]:
        """The lines that a terminal can show without scrolling; elsewhere all."""
        return lines[: shutil.get_terminal_size().lines - 1] if self.moves else lines

    def write(self, lines: Sequence[str]) -> None:
        """Writes lines of text."""
        self.stream.write("".join(f"{line}\n" for line in lines))
        self.stream.flush()
