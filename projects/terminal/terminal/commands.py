"""What each command asks of the api, and prints."""

import argparse
import json
import threading
from typing import Any, Optional

from terminal.client import ApiClient, ApiRefused, ApiUnreachable
from terminal.model import ModelError, parse_health, parse_run, parse_run_page, parse_tasks
from terminal.screen import Screen
from terminal.style import clean, cut
from terminal.views import show_health, show_run, show_runs
from terminal.watch import watch

OK, DEGRADED = 0, 1
MOST_PAGES = 20


def print_runs(options: argparse.Namespace, client: ApiClient, screen: Screen) -> int:
    """Prints the newest runs."""
    answer = collect_runs(client, options.limit, options.cursor)
    page = parse_run_page(answer)
    screen.write(_json(answer) if options.json else show_runs(page.runs, screen.colour, screen.width()))
    return OK


def print_run(options: argparse.Namespace, client: ApiClient, screen: Screen) -> int:
    """Prints one run and its tasks."""
    run, tasks = client.get_run(options.id), client.get_tasks(options.id)
    shown = show_run(parse_run(run), parse_tasks(tasks), screen.colour, screen.width())
    screen.write(_json({**run, "tasks": tasks["items"]}) if options.json else shown)
    return OK


def print_health(options: argparse.Namespace, client: ApiClient, screen: Screen) -> int:
    """Prints how well the api is; the exit code tells it too."""
    answer = client.get_health()
    health = parse_health(answer)
    screen.write(_json(answer) if options.json else show_health(health, client.url, screen.colour))
    return OK if health.status == "ok" else DEGRADED


def watch_runs(options: argparse.Namespace, client: ApiClient, screen: Screen) -> int:
    """Shows the newest runs again and again; an api that is away for a while is waited for."""

    def draw() -> list[str]:
        try:
            answer = collect_runs(client, options.limit, None)
            page = parse_run_page(answer)
        except (ApiUnreachable, ApiRefused, ModelError) as error:
            text = clean(describe_refusal(error))
            if options.json:
                return [json.dumps({"error": text})]
            return [cut(f"terminal: {text}", screen.width() or len(text) * 2)]
        if options.json:
            return [json.dumps(answer)]
        return list(screen.fit(show_runs(page.runs, screen.colour, screen.width())))

    ending = threading.Event()
    try:
        moves = screen.moves and not options.json
        watch(draw, screen.stream, moves, options.count, lambda: ending.wait(options.interval))
    except KeyboardInterrupt:
        screen.write([""])
    return OK


def collect_runs(client: ApiClient, limit: int, cursor: Optional[str]) -> Any:
    """Pages put together until there are `limit` runs or no more; a page may hold fewer than asked for."""
    items: list[Any] = []
    for _ in range(MOST_PAGES):
        answer = client.get_runs(limit - len(items), cursor)
        page = parse_run_page(answer)
        items += answer["items"]
        cursor = page.next_cursor
        if cursor is None or len(items) >= limit:
            break
    return {"items": items, "nextCursor": cursor}


def describe_refusal(error: Exception) -> str:
    """What to tell of an answer that cannot be shown."""
    if isinstance(error, ModelError):
        return f"the api answered something else than its openapi.json says: {error}"
    return str(error)


def _json(value: Any) -> list[str]:
    return [json.dumps(value, indent=2)]
