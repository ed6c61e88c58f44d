import unittest

from terminal.model import Health, ModelError, parse_health, parse_run, parse_run_page
from terminal.views import show_duration, show_health, show_runs
from tests.contract_api import read_examples

START = "2026-03-02T08:00:00.000Z"


class ViewsTest(unittest.TestCase):
    def test_shows_durations_in_fitting_units(self) -> None:
        ends = {
            "2026-03-02T08:00:00.090Z": "90ms",
            "2026-03-02T08:00:03.590Z": "3.5s",
            "2026-03-02T08:02:05.000Z": "2m05s",
            "2026-03-02T09:02:59.999Z": "1h02m",
            "2026-03-02T07:59:59.000Z": "0ms",
            "soon": "?",
        }
        self.assertEqual([show_duration(START, end) for end in ends], list(ends.values()))
        self.assertEqual(show_duration(None, START), "-")

    def test_says_that_there_are_no_runs(self) -> None:
        self.assertEqual(show_runs([], False, 80), ["No runs."])

    def test_shows_what_health_cannot_show(self) -> None:
        health = Health("degraded", 1, None, (("a.json", "is not JSON"),), "no folder")
        lines = show_health(health, "http://x", False)
        self.assertEqual(lines[3:], ["newest   -", "notice   no folder", "skipped  a.json is not JSON"])


class ModelTest(unittest.TestCase):
    def test_names_the_field_that_is_wrong(self) -> None:
        example = read_examples()["/runs/{id}"]
        self.assertEqual(parse_run(example).command, example["command"])
        with self.assertRaisesRegex(ModelError, "^command is missing or of another type$"):
            parse_run({**example, "command": 1})
        with self.assertRaisesRegex(ModelError, "^total is missing"):
            parse_run({**example, "counts": {"total": True}})

    def test_does_not_take_a_missing_cursor_for_the_end(self) -> None:
        with self.assertRaisesRegex(ModelError, "^nextCursor is missing"):
            parse_run_page({"items": []})

    def test_refuses_what_is_no_object(self) -> None:
        with self.assertRaises(ModelError):
            parse_health([])
