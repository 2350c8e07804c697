"""The API on loopback, with one session: `server.py FILE`, the document that every session has.

It says its port on the first line of its output. There is an extraction too, of one field.
"""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ANALYSIS = Path(sys.argv[1]).read_bytes()
EXTRACTION = b'{"status": "completed", "extracted_data": {"order_id": "8812-4410"}}'


class Handler(BaseHTTPRequestHandler):
    """Answers both documents."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the document that the path ends with."""
        body = ANALYSIS if self.path.endswith("/analysis-input") else EXTRACTION
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)  # noqa: T201 - how its port is learnt
server.serve_forever()
