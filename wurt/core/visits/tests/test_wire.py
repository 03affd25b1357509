"""Sockets between server and counter: fast when nobody listens, closed to others."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wurt.core.visits import wire
from wurt.core.visits.counter import packed
from wurt.core.visits.wire import QUESTIONS, VISITS, Sender, ask, listen

VISIT = packed("192.0.2.1", "Mozilla/5.0 (X11) Firefox/140.0", "kreis.example", "-", "agenda")


def until(check, seconds: float = 20.0) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[object]:
    """Start a counter in a process of its own, as ``wurt counter`` does."""
    running: list[subprocess.Popen[str]] = []

    def begin(*words: str, folder: Path = tmp_path) -> subprocess.Popen[str]:
        environment = {**os.environ, "WURT_VAR": str(folder)}
        line = [sys.executable, "-m", "wurt", "counter", *words]
        running.append(subprocess.Popen(line, env=environment, text=True, stderr=subprocess.PIPE))
        return running[-1]

    yield begin
    for one in running:
        one.kill()
        one.wait()
        assert one.stderr
        one.stderr.close()


def total(folder: Path) -> int:
    answer = ask(folder)
    assert answer is not None
    return sum(
        count
        for day in answer["days"]
        for place, area, count in day["visitors"]
        if (place, area) == ("*", "*")
    )


def test_a_counter_counts_answers_and_cleans_up(tmp_path: Path, start) -> None:
    process = start()
    until(lambda: ask(tmp_path) is not None)
    for name in (VISITS, QUESTIONS):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    sender = Sender(tmp_path)
    assert [sender.send(VISIT) for _ in range(5)] == [True] * 5
    until(lambda: total(tmp_path) == 1)
    process.terminate()
    assert process.wait(timeout=10) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["counter.lock"]
    assert (tmp_path / "counter.lock").read_bytes() == b""


def test_a_second_counter_of_the_same_folder_ends(tmp_path: Path, start) -> None:
    start()
    until(lambda: ask(tmp_path) is not None)
    second = start()
    assert second.wait(timeout=20) == 1
    assert second.stderr.read().startswith("Error: A counter runs already for ")
    assert ask(tmp_path) is not None


def test_a_killed_counter_leaves_nothing_and_the_next_takes_over(tmp_path: Path, start) -> None:
    process, sender = start(), Sender(tmp_path)
    until(lambda: ask(tmp_path) is not None)
    sender.send(VISIT)
    until(lambda: total(tmp_path) == 1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert left == {"counter.lock": b""}
    assert sender.send(VISIT) is False
    start()
    until(lambda: ask(tmp_path) is not None)
    assert total(tmp_path) == 0


def test_beside_a_server_it_comes_again_when_killed_and_ends_with_the_server(tmp_path: Path) -> None:
    script = (
        "import subprocess, sys, time; from wurt.cli.counter import command_line;"
        "subprocess.Popen(command_line()); time.sleep(600)"
    )
    environment = {**os.environ, "WURT_VAR": str(tmp_path)}
    server = subprocess.Popen([sys.executable, "-c", script], env=environment)
    try:
        until(lambda: ask(tmp_path) is not None)
        first = ask(tmp_path)
        assert first is not None
        os.kill(_holder(tmp_path), signal.SIGKILL)
        until(lambda: (answer := ask(tmp_path)) is not None and answer["began"] > first["began"])
    finally:
        server.kill()
        server.wait()
    until(lambda: ask(tmp_path) is None)


def _holder(folder: Path) -> int:
    """The process at the other end of the question's socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as question:
        question.connect(wire.address(folder, QUESTIONS))
        credentials = question.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(credentials[:4], sys.byteorder)


def test_without_a_counter_nothing_is_tried_again_for_a_while(tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    assert sender.send(VISIT) is False
    with listen(tmp_path, VISITS, socket.SOCK_DGRAM):
        assert sender.send(VISIT) is False
        sender._quiet_until = 0
        assert sender.send(VISIT) is True
    assert ask(tmp_path) is None


def test_a_counter_that_hangs_holds_up_one_page_at_most_a_moment(tmp_path: Path) -> None:
    with listen(tmp_path, VISITS, socket.SOCK_DGRAM):  # nobody reads it
        sender = Sender(tmp_path)
        taken = [sender.send(VISIT) for _ in range(5000)]
        assert taken[0] is True
        assert taken[-1] is False
        assert taken.index(False) == sum(taken)  # once full, nothing is tried again


def test_the_folder_may_have_a_long_name(tmp_path: Path) -> None:
    folder = tmp_path / ("x" * 90) / ("y" * 90)
    folder.mkdir(parents=True)
    with listen(folder, VISITS, socket.SOCK_DGRAM) as visits:
        assert Sender(folder).send(VISIT) is True
        assert visits.recv(2048) == VISIT
    assert len(wire.address(folder, VISITS)) < wire.LONGEST_PATH


@pytest.mark.parametrize("answer", [b"", b"{", b"\xff" * 10])
def test_a_broken_answer_is_none(tmp_path: Path, answer: bytes) -> None:
    with listen(tmp_path, QUESTIONS, socket.SOCK_STREAM) as questions:
        child = os.fork()
        if not child:
            connection, _address = questions.accept()
            connection.sendall(answer)
            connection.close()
            os._exit(0)
        assert ask(tmp_path) is None
        os.waitpid(child, 0)


def test_the_answer_holds_numbers_only(tmp_path: Path, start) -> None:
    start()
    until(lambda: ask(tmp_path) is not None)
    Sender(tmp_path).send(VISIT)
    until(lambda: total(tmp_path) == 1)
    answer = ask(tmp_path)
    assert answer is not None
    assert set(answer) == {"began", "locked", "days"}
    assert set(answer["days"][0]) == {"day", "run", "open", "visitors"}
    assert "192.0.2.1" not in json.dumps(answer)
