"""What the api answers, checked field by field: the same names as in its openapi.json."""

from dataclasses import dataclass
from typing import Any, Optional


class ModelError(ValueError):
    """An answer that is not what the api's description says."""


@dataclass(frozen=True)
class Run:
    """A run without its tasks."""

    id: str
    started_at: str
    ended_at: str
    command: str
    outcome: str
    total: int
    cached: int


@dataclass(frozen=True)
class RunPage:
    """A part of the history, newest first; `next_cursor` is None at its end."""

    runs: tuple[Run, ...]
    next_cursor: Optional[str]


@dataclass(frozen=True)
class Task:
    """A task of a run; times and code are None where it never started."""

    id: str
    status: str
    started_at: Optional[str]
    ended_at: Optional[str]
    code: Optional[int]
    cache_status: str


@dataclass(frozen=True)
class Health:
    """How well the api is; `skipped` holds (record, problem)."""

    status: str
    records: int
    newest: Optional[str]
    skipped: tuple[tuple[str, str], ...]
    notice: Optional[str]


def parse_run(value: Any) -> Run:
    """A run from an item of `GET /runs` or from `GET /runs/{id}`."""
    counts = _get(value, "counts", dict)
    return Run(
        id=_get(value, "id", str),
        started_at=_get(value, "startedAt", str),
        ended_at=_get(value, "endedAt", str),
        command=_get(value, "command", str),
        outcome=_get(value, "outcome", str),
        total=_get(counts, "total", int),
        cached=_get(counts, "cached", int),
    )


def parse_run_page(value: Any) -> RunPage:
    """The answer of `GET /runs`."""
    items = _get(value, "items", list)
    return RunPage(tuple(parse_run(item) for item in items), _get_optional(value, "nextCursor", str))


def parse_tasks(value: Any) -> tuple[Task, ...]:
    """The answer of `GET /runs/{id}/tasks`."""
    return tuple(
        Task(
            id=_get(item, "id", str),
            status=_get(item, "status", str),
            started_at=_get_optional(item, "startedAt", str),
            ended_at=_get_optional(item, "endedAt", str),
            code=_get_optional(item, "code", int),
            cache_status=_get(item, "cacheStatus", str),
        )
        for item in _get(value, "items", list)
    )


def parse_health(value: Any) -> Health:
    """The answer of `GET /health`."""
    return Health(
        status=_get(value, "status", str),
        records=_get(value, "records", int),
        newest=_get_optional(value, "newest", str),
        skipped=tuple(
            (_get(item, "record", str), _get(item, "problem", str)) for item in _get(value, "skipped", list)
        ),
        notice=_get_optional(value, "notice", str),
    )


def _get(value: Any, name: str, kind: type) -> Any:
    if not isinstance(value, dict):
        raise ModelError(f"an object with {name} was expected")
    found = value.get(name)
    # In Python a bool is an int; in JSON it is not.
    if not isinstance(found, kind) or isinstance(found, bool):
        raise ModelError(f"{name} is missing or of another type")
    return found


def _get_optional(value: Any, name: str, kind: type) -> Any:
    if isinstance(value, dict) and name in value and value[name] is None:
        return None
    return _get(value, name, kind)
