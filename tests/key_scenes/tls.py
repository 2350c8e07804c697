"""A server that speaks TLS with a certificate of its own, which nobody has reason to trust."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import SHUT_RDWR, create_server, socket


@contextmanager
def tls_server(directory: Path) -> Iterator[tuple[str, Path, bytearray]]:
    """Serve until the end of the block; give base URL, certificate, and all that was received."""
    certificate, private = directory / "certificate.pem", directory / "private.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"),
            *("-out", str(certificate), "-keyout", str(private)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private)
    received = bytearray()
    with create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_serve, args=(listener, context, received), daemon=True).start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}", certificate, received
        finally:
            listener.shutdown(SHUT_RDWR)  # wakes who waits in `accept`


def _serve(listener: socket, context: ssl.SSLContext, received: bytearray) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return  # the listener was closed
        try:
            with context.wrap_socket(connection, server_side=True) as talk:
                received += talk.recv(65536)
                talk.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except OSError:
            connection.close()  # the client refused the certificate
