"""The command line."""

import argparse
import io
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Callable, TextIO

from terminal import __version__
from terminal.client import ApiClient, ApiRefused, ApiUnreachable
from terminal.commands import OK, describe_refusal, print_health, print_run, print_runs, watch_runs
from terminal.model import ModelError
from terminal.screen import Screen
from terminal.settings import SettingsError, read_env_file, read_settings
from terminal.style import clean

USAGE, UNREACHABLE, REFUSED = 2, 3, 4
EXIT_CODES = """exit codes: 0 all is well, 1 health is not ok, 2 wrong usage or setting,
3 the api is not reachable, 4 the api refused or answered something else"""


def run_program() -> int:
    """The program as the shell starts it."""
    # A locale without the ellipsis of a cut line is no reason to fail.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = main(sys.argv[1:], os.environ, sys.stdout, sys.stderr)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read (`| head`) has enough; Python must not complain about it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def main(arguments: Sequence[str], environment: Mapping[str, str], stdout: TextIO, stderr: TextIO) -> int:
    """Does what `arguments` say and gives the exit code."""
    options = create_parser().parse_args(arguments)
    try:
        file = read_env_file(options.env_file) if options.env_file else {}
        merged = {**file, **{name: value for name, value in environment.items() if value}}
        settings = read_settings(merged)
        client = ApiClient(settings.url, settings.token, settings.timeout)
        screen = Screen(stdout, merged)
        code: int = options.action(options, client, screen)
        return code
    except SettingsError as error:
        print(f"terminal: {clean(str(error))}.", file=stderr)
        return USAGE
    except ApiUnreachable as error:
        print(f"terminal: {clean(str(error))}.", file=stderr)
        print("Start it with `make -C projects/api serve`, or set API_URL to where it is.", file=stderr)
        return UNREACHABLE
    except (ApiRefused, ModelError) as error:
        print(f"terminal: {clean(describe_refusal(error)).rstrip('.')}.", file=stderr)
        return REFUSED


def create_parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = argparse.ArgumentParser(
        prog="terminal", description="What Switchyard ran, in a terminal.", epilog=EXIT_CODES
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--env-file", metavar="FILE", help="settings that the environment does not hold")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, action: Callable[..., int], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, epilog=EXIT_CODES)
        command.add_argument("--json", action="store_true", help="what the api answered, as JSON")
        command.set_defaults(action=action)
        return command

    runs = add("runs", print_runs, "the newest runs")
    runs.add_argument("--limit", type=_count, default=20, help="how many (default 20)")
    runs.add_argument("--cursor", metavar="ID", help="only runs older than this one")
    run = add("run", print_run, "one run and its tasks")
    run.add_argument("id", metavar="ID")
    add("health", print_health, "how well the api is")
    watching = add("watch", watch_runs, "the newest runs, again and again until Ctrl-C")
    watching.add_argument("--limit", type=_count, default=20, help="how many (default 20)")
    watching.add_argument("--interval", type=_seconds, default=2.0, help="seconds between (default 2)")
    watching.add_argument("--count", type=_count, help="stop after so many times")
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to 1000, but is {text!r}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 3600:
        raise argparse.ArgumentTypeError(f"must be seconds from 0.1 to 3600, but is {text!r}")
    return seconds
