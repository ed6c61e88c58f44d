import os
import pty
import signal
import subprocess
import sys
import unittest
from pathlib import Path

from terminal import __version__
from tests.contract_api import ContractApi

PROJECT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-m", "terminal"]


def environment_for(api: ContractApi) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "API_TOKEN")}
    return {**kept, "API_URL": api.url, "TERM": "xterm", "COLUMNS": "90", "LINES": "24"}


class ProgramTest(unittest.TestCase):
    def test_has_the_version_of_its_package(self) -> None:
        text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
        self.assertIn(f'\nversion = "{__version__}"\n', text)

    def test_paints_on_a_terminal_and_fits_it(self) -> None:
        with ContractApi() as api:
            outer, inner = pty.openpty()
            with os.fdopen(outer, "rb", buffering=0) as screen:
                command = PROGRAM + ["runs"]
                subprocess.run(command, stdout=inner, env=environment_for(api), cwd=PROJECT, check=True)
                os.close(inner)
                output = screen.read(65536).decode()
        self.assertIn("\x1b[32msuccess\x1b[0m", output)
        self.assertIn("nx affect…", output)

    def test_ends_a_watch_on_ctrl_c(self) -> None:
        with ContractApi() as api:
            command = PROGRAM + ["watch", "--interval", "600"]
            options = {"stdout": subprocess.PIPE, "env": environment_for(api), "cwd": PROJECT}
            with subprocess.Popen(command, **options) as child:
                assert child.stdout is not None
                self.assertIn(b"OUTCOME", child.stdout.readline())
                child.send_signal(signal.SIGINT)
                child.stdout.read()
        self.assertEqual(child.returncode, 0)

    def test_takes_a_reader_that_leaves_for_no_failure(self) -> None:
        with ContractApi() as api:
            reading, writing = os.pipe()
            os.close(reading)
            result = subprocess.run(
                PROGRAM + ["runs"],
                stdout=writing,
                stderr=subprocess.PIPE,
                env=environment_for(api),
                cwd=PROJECT,
            )
            os.close(writing)
        self.assertEqual((result.returncode, result.stderr), (0, b""))

    def test_takes_settings_from_a_file_and_the_environment_before_it(self) -> None:
        with ContractApi() as api:
            command = PROGRAM + ["--env-file", "env/.env.example", "health"]
            result = subprocess.run(command, capture_output=True, env=environment_for(api), cwd=PROJECT)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_leaves_with_2_on_wrong_usage(self) -> None:
        for arguments in ([], ["unknown"], ["runs", "--limit", "0"], ["watch", "--interval", "0"]):
            with self.subTest(arguments):
                result = subprocess.run(PROGRAM + arguments, capture_output=True, cwd=PROJECT)
                self.assertEqual(result.returncode, 2)
