"""Lets `python3 -m terminal` start the program."""

import sys

from terminal.cli import run_program

sys.exit(run_program())
