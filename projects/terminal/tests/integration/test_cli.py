import io
import json
import socket
import unittest
import unittest.mock
from typing import Optional

from terminal.cli import main
from tests.contract_api import ContractApi, read_examples

RUN = read_examples()["/runs/{id}"]


class FakeTerminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(
    api_url: str, *arguments: str, stdout: Optional[io.StringIO] = None, **variables: str
) -> tuple[int, str, str]:
    output, errors = stdout or io.StringIO(), io.StringIO()
    code = main(arguments, {"API_URL": api_url, **variables}, output, errors)
    return code, output.getvalue(), errors.getvalue()


def as_json(value: object) -> tuple[int, str, bytes]:
    return 200, "application/json", json.dumps(value).encode()


class CommandTest(unittest.TestCase):
    def test_runs_shows_a_table(self) -> None:
        with ContractApi() as api:
            code, output, errors = run(api.url, "runs", "--limit", "2")
        self.assertEqual((code, errors), (0, ""))
        header, first, second = output.splitlines()
        self.assertRegex(header, r"^ID +STARTED \(UTC\) +TOOK  OUTCOME  TASKS  CACHED  COMMAND$")
        self.assertTrue(second.startswith("20260302T092230007Z-4d5e6f  2026-03-02 09:22:30   3.5s  failure "))
        self.assertEqual(header.index("OUTCOME"), first.index("success"))
        self.assertEqual(api.requests, [("/runs?limit=2", None)])

    def test_runs_goes_on_after_a_page_that_is_short(self) -> None:
        cursor = RUN["id"]
        answers = {
            "/runs?limit=2": as_json({"items": [], "nextCursor": cursor}),
            f"/runs?limit=2&cursor={cursor}": as_json({"items": [RUN], "nextCursor": None}),
        }
        with ContractApi(answers) as api:
            code, output, _ = run(api.url, "runs", "--limit", "2", "--json")
        self.assertEqual((code, json.loads(output)), (0, {"items": [RUN], "nextCursor": None}))

    def test_run_shows_a_run_and_its_tasks(self) -> None:
        with ContractApi() as api:
            code, output, _ = run(api.url, "run", RUN["id"])
            _, text, _ = run(api.url, "run", RUN["id"], "--json")
        self.assertEqual(code, 0)
        self.assertIn(f"command  {RUN['command']}\n", output)
        self.assertRegex(output, r"terminal:verify +skipped +- +- +cache-miss\n")
        self.assertEqual(json.loads(text), {**RUN, "tasks": read_examples()["/runs/{id}/tasks"]["items"]})

    def test_run_sends_an_id_as_one_part_of_the_path(self) -> None:
        with ContractApi() as api:
            run(api.url, "run", "../health?x#y")
        self.assertEqual(api.requests[0][0], "/runs/..%2Fhealth%3Fx%23y")

    def test_health_tells_by_its_exit_code(self) -> None:
        health = {**read_examples()["/health"], "status": "degraded", "notice": "nothing there"}
        with ContractApi() as api, ContractApi({"/health": as_json(health)}) as degraded:
            self.assertEqual(run(api.url, "health")[0], 0)
            code, output, _ = run(degraded.url, "health")
        self.assertEqual(code, 1)
        self.assertIn("notice   nothing there\n", output)

    def test_watch_goes_on_when_the_api_refuses(self) -> None:
        with ContractApi({"/runs": (500, "application/problem+json", b'{"detail": "Broken."}')}) as api:
            code, output, _ = run(api.url, "watch", "--count", "2", "--interval", "0.1")
        self.assertEqual(code, 0)
        self.assertEqual(output, f"terminal: the api at {api.url} says 500: Broken.\n" * 2)

    def test_watch_writes_a_line_of_json_each_time(self) -> None:
        with ContractApi() as api:
            arguments = ("--count", "2", "--interval", "0.1", "--limit", "2", "--json")
            _, output, _ = run(api.url, "watch", *arguments)
        self.assertEqual([json.loads(line) for line in output.splitlines()], [read_examples()["/runs"]] * 2)


class ColourTest(unittest.TestCase):
    def test_is_for_terminals_without_no_color(self) -> None:
        with ContractApi() as api:
            self.assertIn("\x1b[31mfailure", run(api.url, "runs", stdout=FakeTerminal())[1])
            self.assertNotIn("\x1b", run(api.url, "runs")[1])
            self.assertNotIn("\x1b", run(api.url, "runs", stdout=FakeTerminal(), NO_COLOR="1")[1])
            self.assertNotIn("\x1b", run(api.url, "runs", stdout=FakeTerminal(), TERM="dumb")[1])


class TroubleTest(unittest.TestCase):
    def test_sends_the_token_and_shows_what_the_api_says(self) -> None:
        problem = (401, "application/problem+json", b'{"detail": "Send the value of \\u001b[2JAPI_TOKEN."}')
        with ContractApi({"/runs": problem}) as api:
            code, _, errors = run(api.url, "runs", API_TOKEN="0123456789abcdef")
        self.assertEqual(api.requests, [("/runs?limit=20", "Bearer 0123456789abcdef")])
        self.assertEqual(code, 4)
        self.assertTrue(errors.endswith(" says 401: Send the value of [2JAPI_TOKEN.\n"), errors)

    def test_says_how_to_start_an_api_that_is_not_there(self) -> None:
        with socket.socket() as taken:
            # Bound and not listening: nobody else can answer there.
            taken.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            code, output, errors = run(url, "runs")
        self.assertEqual((code, output), (3, ""))
        self.assertEqual(
            errors,
            f"terminal: the api at {url} cannot be reached: Connection refused.\n"
            "Start it with `make -C projects/api serve`, or set API_URL to where it is.\n",
        )

    def test_does_not_wait_for_ever(self) -> None:
        with ContractApi({"/runs": (200, "hang", b"")}) as api:
            code, _, errors = run(api.url, "runs", API_TIMEOUT="0.2")
            api.release.set()
        self.assertEqual(code, 3)
        self.assertIn("did not answer within 0.2 seconds", errors)

    def test_does_not_follow_to_another_place_with_the_token(self) -> None:
        with ContractApi() as other, ContractApi({"/runs": (302, f"{other.url}/runs", b"")}) as api:
            code, _, _ = run(api.url, "runs", API_TOKEN="0123456789abcdef")
        self.assertEqual((code, other.requests), (4, []))

    def test_does_not_ask_a_proxy_for_this_machine(self) -> None:
        proxy = unittest.mock.patch.dict("os.environ", {"http_proxy": "http://127.0.0.1:1"})
        with ContractApi() as api, proxy:
            self.assertEqual(run(api.url, "runs")[0], 0)

    def test_knows_an_answer_that_is_not_the_api_s(self) -> None:
        for body, text in ((b"<html>", "is not JSON"), (b"[]", "openapi.json says: an object with items")):
            with self.subTest(body), ContractApi({"/runs": (200, "application/json", body)}) as api:
                code, _, errors = run(api.url, "runs")
                self.assertEqual(code, 4)
                self.assertIn(text, errors)

    def test_names_the_setting_that_is_wrong(self) -> None:
        code, _, errors = run("nowhere", "runs")
        self.assertEqual(code, 2)
        self.assertTrue(errors.startswith("terminal: API_URL must be an http(s) address such as http://"))
        self.assertTrue(errors.endswith(', but is "nowhere".\n'))
