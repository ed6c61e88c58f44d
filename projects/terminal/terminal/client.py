"""Asks the api over HTTP."""

import http.client
import json
import time
import urllib.error
import urllib.request
from typing import Any, Optional
from urllib.parse import quote, urlencode, urlsplit

LARGEST_ANSWER = 32 * 1024 * 1024
LARGEST_PAGE = 100


class ApiUnreachable(Exception):
    """There was no answer."""


class ApiRefused(Exception):
    """The answer was an error, or not one of this api."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """urllib would send the token along to wherever it is sent."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        return None


class ApiClient:
    """The api at `url`; each request may take `timeout` seconds in all."""

    def __init__(self, url: str, token: Optional[str], timeout: float) -> None:
        self.url = url.rstrip("/")
        self._timeout = timeout
        self._headers = {"Accept": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        handlers: list[Any] = [_NoRedirects()]
        if urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1"):
            # A proxy cannot reach this machine's loopback.
            handlers.append(urllib.request.ProxyHandler({}))
        self._opener = urllib.request.build_opener(*handlers)

    def get_health(self) -> Any:
        """The answer of `GET /health`."""
        return self._get("/health")

    def get_runs(self, limit: int, cursor: Optional[str] = None) -> Any:
        """The answer of `GET /runs`, at most one page of the api."""
        query = {"limit": str(min(limit, LARGEST_PAGE))}
        if cursor is not None:
            query["cursor"] = cursor
        return self._get(f"/runs?{urlencode(query)}")

    def get_run(self, run_id: str) -> Any:
        """The answer of `GET /runs/{id}`."""
        return self._get(f"/runs/{quote(run_id, safe='')}")

    def get_tasks(self, run_id: str) -> Any:
        """The answer of `GET /runs/{id}/tasks`."""
        return self._get(f"/runs/{quote(run_id, safe='')}/tasks")

    def _get(self, path: str) -> Any:
        deadline = time.monotonic() + self._timeout
        request = urllib.request.Request(self.url + path, headers=self._headers)
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return self._parse(path, self._read(answer, deadline))
        except urllib.error.HTTPError as error:
            with error:
                raise ApiRefused(f"the api at {self.url} says {error.code}: {_explain(error)}") from error
        except urllib.error.URLError as error:
            raise self._unreachable(error.reason) from error
        except (OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from error

    def _read(self, answer: Any, deadline: float) -> bytes:
        chunks = []
        size = 0
        while True:
            chunk = answer.read1(65536)
            if not chunk:
                return b"".join(chunks)
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST_ANSWER:
                raise ApiRefused(f"the answer of {self.url} is larger than {LARGEST_ANSWER} bytes")
            # The timeout of the socket starts anew with each byte; a trickle must not go on for ever.
            if time.monotonic() > deadline:
                raise TimeoutError()

    def _parse(self, path: str, body: bytes) -> Any:
        try:
            return json.loads(body)
        except ValueError as error:
            raise ApiRefused(f"{self.url}{path} is not JSON: is API_URL the address of the api?") from error

    def _unreachable(self, reason: Any) -> ApiUnreachable:
        if isinstance(reason, TimeoutError) or "timed out" in str(reason):
            return ApiUnreachable(f"the api at {self.url} did not answer within {self._timeout:g} seconds")
        text = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        return ApiUnreachable(f"the api at {self.url} cannot be reached: {text}")


def _explain(error: urllib.error.HTTPError) -> str:
    try:
        problem = json.loads(error.read(65536))
    except (ValueError, OSError, http.client.HTTPException):
        problem = None
    detail = problem.get("detail") if isinstance(problem, dict) else None
    return detail if isinstance(detail, str) else str(error.reason)
