"""A visitor without a browser: speaks to the running app as Streamlit's own page does, and keeps what it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlparse

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect


@dataclass
class Page:
    """What one run of a page sent: markup, data of our components by key, labels of buttons, errors."""

    html: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)
    elements: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.html)

    @property
    def failed(self) -> bool:
        return "exception" in self.elements or "z-broken" in self.text


class Visitor:
    """One session."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def visit(self, page: str, **given: str) -> Page:
        """Open a page and wait for its script to end."""
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = urlencode(given)
        self.socket.send(asked.SerializeToString())
        seen = Page()
        while True:
            message = ForwardMsg()
            message.ParseFromString(self.socket.recv(timeout=60))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                seen = Page()
            elif kind == "script_finished":
                return seen
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self.keep(seen, message.delta.new_element)

    def keep(self, seen: Page, element: Any) -> None:
        kind = element.WhichOneof("type")
        seen.elements.append(kind)
        if kind == "html":
            seen.html.append(element.html.body)
        elif kind == "bidi_component":
            part = element.bidi_component
            seen.data[part.id.split("-", 2)[-1]] = json.loads(part.json or "null")


@contextmanager
def visiting(site: str, headers: Mapping[str, str] | None = None) -> Iterator[Visitor]:
    """A new session; `headers` are those a reverse proxy would add."""
    address = f"ws://{urlparse(site).netloc}/_stcore/stream"
    given = {"additional_headers": dict(headers or {}), "max_size": None, "open_timeout": 60}
    with connect(address, subprotocols=["streamlit"], **given) as socket:  # type: ignore[list-item,arg-type]
        yield Visitor(socket)
