"""What is shipped to run Wurt: locked up, no password of ours, new TLS only, one reading of every request."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
LOCKS = {
    "User": "wurt",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "SystemCallArchitectures": "native",
    "UMask": "0027",
}


def read_request(head: str) -> list[object]:
    raw = (
        head.replace("\n", "\r\n").encode() + b"\r\n\r\n0\r\n\r\nGET /verwaltung/ HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    return list(RequestParser(Config(), io.BytesIO(raw), ("127.0.0.1", 1)))


@pytest.mark.parametrize(
    "headers",
    [
        "Content-Length: 4\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\nContent-Length: 4",
        "Content-Length: 4\nContent-Length: 5",
        "Content-Length: +4",
        "Content-Length: 4, 4",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
        "Content-Length : 4",
    ],
)
def test_two_lengths_are_refused(headers: str) -> None:
    """ASVS V4.2.1: nobody hides a second request in the body of the first."""
    with pytest.raises((ParseException, StopIteration)):
        read_request(f"POST / HTTP/1.1\nHost: x\n{headers}")


def test_an_ordinary_request_is_read() -> None:
    assert len(read_request("POST / HTTP/1.1\nHost: x\nTransfer-Encoding: chunked")) >= 1


def settings_of(unit: Path) -> dict[str, str]:
    lines = (line.partition("=") for line in unit.read_text(encoding="utf-8").splitlines() if "=" in line)
    return {name: value for name, _, value in lines}


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_the_units_are_locked_up(unit: Path) -> None:
    found = settings_of(unit)
    assert {name: found.get(name) for name in LOCKS} == LOCKS
    assert found["SystemCallFilter"].startswith("@system-service")


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").iterdir()), ids=lambda unit: unit.name)
def test_systemd_understands_the_units(unit: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for one in (DEPLOY / "systemd").iterdir():
        text = one.read_text(encoding="utf-8").replace("/srv/wurt/.venv/bin/wurt", "/bin/true")
        (tmp_path / one.name).write_text(text.replace("/etc/wurt.env", "-/etc/wurt.env"))
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "wurt" in line]
    assert (told, done.returncode) == ([], 0)


def test_the_proxy_speaks_new_tls_only() -> None:
    """Caddy's own settings are TLS 1.2 and 1.3 with forward secrecy; ours must not widen them."""
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert not re.search(r"protocols|ciphers|insecure|tls\s+internal", caddy)
    page = (ROOT / "docs" / "how-to" / "tls-proxy.md").read_text(encoding="utf-8")
    assert re.findall(r"ssl_protocols (.+);", page) == ["TLSv1.2 TLSv1.3"]


def test_nothing_starts_with_a_password_of_ours() -> None:
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert "${POSTGRES_PASSWORD:?" in compose
    example = (DEPLOY / "wurt.env.example").read_text(encoding="utf-8")
    values = re.findall(r"^(?!#)(\w*(?:PASSWORD|SECRET|KEY|TOKEN)\w*)=(.*)$", example, flags=re.MULTILINE)
    assert [(name, value) for name, value in values if value not in ("", "PASSWORD")] == []


def test_the_image_runs_as_nobody_special_and_pins_its_base() -> None:
    image = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", image, flags=re.MULTILINE)
    assert all(re.fullmatch(r"docker\.io/library/python:3\.\d+-slim-\w+", base) for base in bases)
    assert re.search(r"^USER 10001$", image, flags=re.MULTILINE)
    assert image.index("USER 10001") < image.index("CMD [")
    assert not re.search(r"^ADD |curl .*\| *sh|chmod 777|--privileged|:latest", image, flags=re.MULTILINE)
    for line in ("cap_drop: [ALL]", "read_only: true", 'security_opt: ["no-new-privileges:true"]'):
        assert line in (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
