"""Settings from the environment, and from a file of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional
from urllib.parse import urlsplit

DEFAULT_URL = "http://127.0.0.1:4310"


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """Where the api is, and how to ask it."""

    url: str
    token: Optional[str]
    timeout: float


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from API_URL, API_TOKEN and API_TIMEOUT; empty ones count as not set."""
    return Settings(
        url=_read_url(environment.get("API_URL") or DEFAULT_URL),
        token=_read_token(environment.get("API_TOKEN") or None),
        timeout=_read_timeout(environment.get("API_TIMEOUT") or "5"),
    )


def read_env_file(path: str) -> dict[str, str]:
    """The NAME=value lines of a file; blank lines and those with # in front are left out."""
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"--env-file {path} cannot be read: {error}") from error
    found = {}
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip().isidentifier():
            raise SettingsError(f"--env-file {path}, line {number} is not NAME=value")
        found[name.strip()] = value.strip().strip("\"'")
    return found


def _read_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or "@" in parts.netloc or not url.isascii() or " " in url:
        raise SettingsError(f'API_URL must be an http(s) address such as {DEFAULT_URL}, but is "{url}"')
    return url


def _read_token(token: Optional[str]) -> Optional[str]:
    # Not shown, not even a wrong one; and a line break in it would end the header.
    if token is not None and not (token.isascii() and token.isprintable() and " " not in token):
        raise SettingsError("API_TOKEN may hold only printable ASCII characters and no spaces")
    return token


def _read_timeout(text: str) -> float:
    try:
        timeout = float(text)
    except ValueError:
        timeout = 0.0
    if not 0 < timeout <= 3600:
        raise SettingsError(f'API_TIMEOUT must be seconds, more than 0 and at most 3600, but is "{text}"')
    return timeout
