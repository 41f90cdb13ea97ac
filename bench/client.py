"""A closed-loop load generator: each client sends its next request when the last is answered."""

import http.client
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from urllib.parse import urlencode

CSRF = "c" * 32
# As a proxy passes them on: every request is another citizen's, and limits are kept per address.
_addresses = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in count(1))


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    form: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    expect: Callable[[int, str], bool] = lambda status, location: status == 200

    def send(self, connection: http.client.HTTPConnection) -> tuple[int, str, str]:
        """Status, Location and Set-Cookie of the answer."""
        headers = {
            "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()),
            "X-Forwarded-For": next(_addresses),
        }
        body = None
        if self.method == "POST":
            headers["Cookie"] += f"; csrftoken={CSRF}"
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({**self.form, "csrfmiddlewaretoken": CSRF})
        connection.request(self.method, self.path, body, headers)
        response = connection.getresponse()
        response.read()
        location = response.headers.get("Location", "")
        if not self.expect(response.status, location):
            raise UnexpectedAnswer(f"{self.method} {self.path}: {response.status} {location}")
        return response.status, location, response.headers.get("Set-Cookie", "")


def send_draft(cookies: dict[str, str]) -> Request:
    return Request(
        "POST",
        "/pengaduan/periksa/",
        cookies=cookies,
        expect=lambda _, to: to.endswith("/terkirim/"),
    )


def open_case(reference: str, code: str) -> Request:
    return Request(
        "POST",
        "/lacak/",
        form={"reference": reference, "code": code},
        expect=lambda _, to: to.endswith("/kasus/"),
    )


def tracked_case(cookies: dict[str, str]) -> Request:
    return Request("GET", "/lacak/kasus/", cookies=cookies)


def desk_list(cookies: dict[str, str]) -> Request:
    return Request("GET", "/admin/cases/case/", cookies=cookies)


def floor_form() -> Request:
    form = {
        "topic": "7",
        "subject": "Antrean loket terlalu lama",
        "body": "Saya menunggu empat jam di loket pengambilan paspor tanpa penjelasan. " * 5,
        "name": "Sari Melati",
        "email": "sari@example.com",
    }
    return Request("POST", "/", form=form, expect=lambda _, to: to == "/done/")


class UnexpectedAnswer(Exception):
    """What came back is not what is being measured."""


def rate(port: int, requests: list[Request], clients: int) -> float:
    """Requests a second when so many clients share out the list."""
    queue, lock = iter(requests), Lock()

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                request = next(queue, None)
            if request is None:
                connection.close()
                return
            request.send(connection)

    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        for done in [pool.submit(work) for _ in range(clients)]:
            done.result()
    return len(requests) / (time.perf_counter() - begin)


def median_ms(port: int, requests: Iterator[Request]) -> float:
    """The middle of the times that one client alone waits."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    times = []
    for request in requests:
        begin = time.perf_counter()
        request.send(connection)
        times.append((time.perf_counter() - begin) * 1000)
    connection.close()
    return statistics.median(times)
