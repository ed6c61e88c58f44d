"""Runs, tasks and health as lines of text."""

from collections.abc import Sequence
from datetime import datetime
from typing import Optional

from terminal.model import Health, Run, Task
from terminal.style import clean, paint
from terminal.table import Column, render_table

RUN_COLUMNS = (
    Column("ID"),
    Column("STARTED (UTC)"),
    Column("TOOK", right=True),
    Column("OUTCOME", painted=True),
    Column("TASKS", right=True),
    Column("CACHED", right=True),
    Column("COMMAND"),
)
TASK_COLUMNS = (
    Column("TASK"),
    Column("STATUS", painted=True),
    Column("TOOK", right=True),
    Column("CODE", right=True),
    Column("CACHE"),
)


def show_runs(runs: Sequence[Run], colour: bool, width: Optional[int]) -> list[str]:
    """A table of runs."""
    if not runs:
        return ["No runs."]
    rows = [
        (
            run.id,
            _show_time(run.started_at),
            show_duration(run.started_at, run.ended_at),
            run.outcome,
            str(run.total),
            str(run.cached),
            run.command,
        )
        for run in runs
    ]
    return render_table(RUN_COLUMNS, rows, colour, width)


def show_run(run: Run, tasks: Sequence[Task], colour: bool, width: Optional[int]) -> list[str]:
    """A run and a table of its tasks."""
    head = [
        f"run      {clean(run.id)}",
        f"command  {clean(run.command)}",
        f"started  {_show_time(run.started_at)} UTC",
        f"took     {show_duration(run.started_at, run.ended_at)}",
        f"outcome  {paint(clean(run.outcome), run.outcome, colour)}",
        "",
    ]
    rows = [
        (
            task.id,
            task.status,
            show_duration(task.started_at, task.ended_at),
            "-" if task.code is None else str(task.code),
            task.cache_status,
        )
        for task in tasks
    ]
    return head + (render_table(TASK_COLUMNS, rows, colour, width) if rows else ["No tasks."])


def show_health(health: Health, url: str, colour: bool) -> list[str]:
    """The health of the api, with what it cannot show."""
    lines = [
        f"api      {url}",
        f"status   {paint(clean(health.status), health.status, colour)}",
        f"records  {health.records}",
        f"newest   {clean(health.newest or '-')}",
    ]
    if health.notice is not None:
        lines.append(f"notice   {clean(health.notice)}")
    lines += [f"skipped  {clean(record)} {clean(problem)}" for record, problem in health.skipped]
    return lines


def show_duration(start: Optional[str], end: Optional[str]) -> str:
    """The time from `start` to `end`, such as 90ms, 3.5s, 2m05s or 1h02m; `-` where one is not known."""
    if start is None or end is None:
        return "-"
    try:
        milliseconds = round((_parse_time(end) - _parse_time(start)).total_seconds() * 1000)
    except ValueError:
        return "?"
    if milliseconds < 1000:
        return f"{max(milliseconds, 0)}ms"
    seconds = milliseconds // 1000
    if seconds < 60:
        return f"{seconds}.{milliseconds % 1000 // 100}s"
    minutes = seconds // 60
    return f"{minutes}m{seconds % 60:02}s" if minutes < 60 else f"{minutes // 60}h{minutes % 60:02}m"


def _show_time(text: str) -> str:
    try:
        return _parse_time(text).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return clean(text)


def _parse_time(text: str) -> datetime:
    # fromisoformat understands the Z only since Python 3.11.
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")
