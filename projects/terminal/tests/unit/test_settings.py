import os
import re
import tempfile
import unittest
from pathlib import Path

from terminal.settings import SettingsError, read_env_file, read_settings

EXAMPLE = Path(__file__).resolve().parents[2] / "env" / ".env.example"


class SettingsTest(unittest.TestCase):
    def test_takes_empty_variables_as_not_set(self) -> None:
        empty = {"API_URL": "", "API_TOKEN": "", "API_TIMEOUT": ""}
        self.assertEqual(read_settings(empty), read_settings({}))

    def test_has_its_defaults_in_the_example(self) -> None:
        self.assertEqual(read_settings(read_env_file(str(EXAMPLE))), read_settings({}))

    def test_names_the_variable_that_is_wrong(self) -> None:
        wrong = ("file:///etc/hosts", "localhost:4310", "http://", "http://a b")
        wrong += ("http://u:p@h", "http://h:99999")
        for url in wrong:
            with self.subTest(url), self.assertRaisesRegex(SettingsError, f'^API_URL .*"{re.escape(url)}"'):
                read_settings({"API_URL": url})
        for timeout in ("0", "-1", "soon", "nan", "inf"):
            with self.subTest(timeout), self.assertRaisesRegex(SettingsError, "^API_TIMEOUT must"):
                read_settings({"API_TIMEOUT": timeout})

    def test_does_not_show_a_wrong_token(self) -> None:
        with self.assertRaises(SettingsError) as caught:
            read_settings({"API_TOKEN": "secret\r\nX: y"})
        self.assertNotIn("secret", str(caught.exception))

    def test_names_the_line_of_a_file_that_is_wrong(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "env")
            Path(path).write_text("# one\nA='x'\nB\n", encoding="utf-8")
            with self.assertRaisesRegex(SettingsError, "line 3 is not NAME=value$"):
                read_env_file(path)
            with self.assertRaisesRegex(SettingsError, "cannot be read"):
                read_env_file(path + ".missing")
