import io
import unittest

from terminal.watch import watch


class WatchTest(unittest.TestCase):
    def test_draws_over_what_it_drew(self) -> None:
        stream = io.StringIO()
        frames = iter([["long line", "two"], ["short"]])
        waits: list[int] = []
        watch(lambda: next(frames), stream, True, 2, lambda: waits.append(1))
        first = "\x1b[H\x1b[2Jlong line\x1b[K\ntwo\x1b[K\n\x1b[J"
        self.assertEqual(stream.getvalue(), first + "\x1b[Hshort\x1b[K\n\x1b[J")
        self.assertEqual(waits, [1])

    def test_writes_plain_lines_where_the_cursor_cannot_move(self) -> None:
        stream = io.StringIO()
        watch(lambda: ["a"], stream, False, 2, lambda: None)
        self.assertEqual(stream.getvalue(), "a\na\n")
