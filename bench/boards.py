"""What the screens of a waiting room cost: how much of one core, all processes of the server."""

import http.client
import os
import threading
import time
from pathlib import Path

import psycopg

BOARDS = 20
EVERY_SECONDS = 1.5
SECONDS = 30
TICKS = os.sysconf("SC_CLK_TCK")


def share_of_a_core(port: int, url: str) -> float:
    """CPU time of web server and database, divided by the time that passed, in percent."""
    stop = threading.Event()
    screens = [threading.Thread(target=_ask, args=(port, number, stop)) for number in range(BOARDS)]
    for screen in screens:
        screen.start()
    time.sleep(3)  # the first looks warm up
    began, used = time.perf_counter(), _cpu(port, url)
    time.sleep(SECONDS)
    share = (_cpu(port, url) - used) / (time.perf_counter() - began) * 100
    stop.set()
    for screen in screens:
        screen.join()
    return share


def _ask(port: int, number: int, stop: threading.Event) -> None:
    time.sleep(number * EVERY_SECONDS / BOARDS)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    while not stop.is_set():
        connection.request("GET", "/yankomas/layar/isi/")
        response = connection.getresponse()
        if response.read()[:1] != b"{" or response.status != 200:
            raise SystemExit(f"board: {response.status}")
        stop.wait(EVERY_SECONDS)
    connection.close()


def _cpu(port: int, url: str) -> float:
    """Seconds used so far by gunicorn on this port and by the backends of this database."""
    total = 0
    with psycopg.connect(url) as connection:
        backends = {
            str(pid)
            for (pid,) in connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()"
            )
        }
    for folder in Path("/proc").iterdir():
        try:
            command = (folder / "cmdline").read_text().replace("\0", " ")
            if f"127.0.0.1:{port}" in command or folder.name in backends:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                total += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return total / TICKS
