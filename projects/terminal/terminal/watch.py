"""Shows something again and again in the same place."""

from collections.abc import Sequence
from typing import Callable, Optional, TextIO

CLEAR = "\x1b[H\x1b[2J"
HOME = "\x1b[H"
CLEAR_LINE = "\x1b[K"
CLEAR_BELOW = "\x1b[J"


def watch(
    draw: Callable[[], Sequence[str]],
    stream: TextIO,
    moves: bool,
    count: Optional[int],
    wait: Callable[[], object],
) -> None:
    """Draws `count` times, or for ever, and waits in between.

    Where the cursor cannot move, lines follow lines.
    """
    drawn = 0
    while True:
        lines = draw()
        if moves:
            # Overwriting line by line does not flicker as clearing the screen each time would.
            stream.write(CLEAR if drawn == 0 else HOME)
            stream.write("".join(f"{line}{CLEAR_LINE}\n" for line in lines) + CLEAR_BELOW)
        else:
            stream.write("".join(f"{line}\n" for line in lines))
        stream.flush()
        drawn += 1
        if drawn == count:
            return
        wait()
