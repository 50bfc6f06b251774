"""What a browser complains of: broken policy, errors in the console, requests to elsewhere.

Promise: nothing that it says of a page while a test listens is lost.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Error, Page, Request

LISTEN = """
    window.broken = [];
    addEventListener("securitypolicyviolation", event =>
        broken.push(`${event.violatedDirective}: ${event.blockedURI}`));
    window.print = () => { window.printed = (window.printed || 0) + 1 };
"""


@dataclass
class Complaints:
    """Everything the browser had to say while pages were open."""

    base: str
    said: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """From now on, note what goes wrong on this page."""
        page.add_init_script(LISTEN)
        page.on("console", self._message)
        page.on("pageerror", self._error)
        page.on("request", self._request)
        page.on("requestfailed", self._failure)

    def _message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(f"{message.type}: {message.text}")

    def _error(self, error: Error) -> None:
        self.said.append(f"script: {error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:")):
            self.said.append(f"request to {request.url}")

    def _failure(self, request: Request) -> None:
        self.said.append(f"failed: {request.url}")
