import unittest

from terminal.style import clean, cut, measure
from terminal.table import Column, render_table

COLUMNS = (Column("NAME"), Column("N", right=True), Column("STATUS", painted=True))


class TableTest(unittest.TestCase):
    def test_aligns_text_left_and_numbers_right(self) -> None:
        lines = render_table(COLUMNS, [("a", "1", "success"), ("long", "200", "x")], False)
        self.assertEqual(lines, ["NAME    N  STATUS", "a       1  success", "long  200  x"])

    def test_aligns_wide_and_combining_characters(self) -> None:
        lines = render_table(COLUMNS, [("日本", "1", "x"), ("e\u0301", "2", "x")], False)
        self.assertEqual(lines[1:], ["日本  1  x", "e\u0301     2  x"])

    def test_colours_status_words_without_moving_them(self) -> None:
        lines = render_table(COLUMNS, [("a", "1", "failure")], True)
        self.assertEqual(lines, ["NAME  N  STATUS", "a     1  \x1b[31mfailure\x1b[0m"])

    def test_cuts_the_last_column_only(self) -> None:
        columns = (Column("A"), Column("B"))
        lines = render_table(columns, [("12345", "x" * 20)], False, width=10)
        self.assertEqual(lines, ["A      B", "12345  xx…"])

    def test_does_not_let_a_cell_control_the_terminal(self) -> None:
        self.assertEqual(clean("a\x1b[2Jb\nc\u202ed\x9b"), "a[2Jb cd")
        self.assertEqual(render_table((Column("A"),), [("\x1b]0;x\x07",)], False), ["A", "]0;x"])

    def test_cuts_by_columns(self) -> None:
        self.assertEqual([cut("日本語", size) for size in (6, 5, 4, 1, 0)], ["日本語", "日本…", "日…", "…", ""])
        self.assertEqual(measure("日本…"), 5)
