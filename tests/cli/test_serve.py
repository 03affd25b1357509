"""``wurt serve`` where something listens already."""

import socket

from click.testing import CliRunner

from wurt.cli import main


def test_a_port_in_use_is_said_before_anything_starts() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = CliRunner().invoke(main, ["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"Port {port} of 127.0.0.1 is in use. Give another, as --port {port + 1}." in result.output
