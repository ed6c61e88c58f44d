"""A server that answers with the examples of the api's own openapi.json."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Optional
from urllib.parse import urlsplit

CONTRACT = Path(__file__).resolve().parents[2] / "api" / "openapi.json"


def read_examples() -> dict[str, Any]:
    """The example answer of each path in the api's description."""
    paths = json.loads(CONTRACT.read_text(encoding="utf-8"))["paths"]
    return {
        path: described["get"]["responses"]["200"]["content"]["application/json"]["example"]
        for path, described in paths.items()
    }


class ContractApi:
    """Listens on a free port while in use; `answers` replaces the answer to a path: (status, type, body)."""

    def __init__(self, answers: Optional[dict[str, tuple[int, str, bytes]]] = None) -> None:
        self.requests: list[tuple[str, Optional[str]]] = []
        self.release = threading.Event()
        self._answers = answers or {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._create_handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "ContractApi":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.release.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def answer(self, target: str) -> tuple[int, str, bytes]:
        """The status, media type and body for a request; the type `hang` stands for no answer at all."""
        path = urlsplit(target).path
        for key in (target, path):
            if key in self._answers:
                return self._answers[key]
        if path == "/runs" and "cursor=" in target:
            # The example is the newest page; nothing is older than it here.
            return 200, "application/json", b'{"items": [], "nextCursor": null}'
        for template, example in read_examples().items():
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
                return 200, "application/json", json.dumps(example).encode()
        problem = {"title": "Not Found", "status": 404, "detail": f"GET {target} is not served."}
        return 404, "application/problem+json", json.dumps(problem).encode()

    def _create_handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            """Answers one connection."""

            def do_GET(self) -> None:
                """Answers a request as the contract says."""
                api.requests.append((self.path, self.headers.get("Authorization")))
                status, kind, body = api.answer(self.path)
                if kind == "hang":
                    api.release.wait()
                    return
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", kind)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Keeps quiet."""

        return Handler
