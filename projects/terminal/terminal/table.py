"""Aligned tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from terminal.style import clean, cut, measure, paint


@dataclass(frozen=True)
class Column:
    """A column of a table: `right` aligns numbers, `painted` colours status words."""

    title: str
    right: bool = False
    painted: bool = False


def render_table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], colour: bool, width: Optional[int] = None
) -> list[str]:
    """The lines of a table; the last column is cut where the line would be longer than `width`."""
    cells = [[column.title for column in columns], *([clean(cell) for cell in row] for row in rows)]
    widths = [max(measure(row[index]) for row in cells) for index in range(len(columns))]
    if width is not None:
        room = width - sum(widths[:-1]) - 2 * (len(columns) - 1)
        widths[-1] = min(widths[-1], max(room, len(columns[-1].title)))
    lines = []
    for number, row in enumerate(cells):
        parts = []
        for column, cell, size in zip(columns, row, widths):
            shown = cut(cell, size)
            gap = " " * (size - measure(shown))
            painted = paint(shown, cell, colour and column.painted and number > 0)
            parts.append(gap + painted if column.right else painted + gap)
        lines.append("  ".join(parts).rstrip())
    return lines
