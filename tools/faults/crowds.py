"""Many clients that mean no good, while a visitor goes on asking. Heavier ones are in tools/under_attack.py."""

from __future__ import annotations

import contextlib
import resource
import socket
import time
from typing import Callable, Iterator

from site_under_test import Base, Finding, Site, Visitor, seconds

LIMIT_SECONDS = 0.25
LIMIT_BYTES = 300 * 1000 * 1000


def crowd(come: Callable[[Base, Site], contextlib.AbstractContextManager[None]]):
    def run(base: Base, finding: Finding) -> None:
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        site = base.shared()
        for page in Visitor.PAGES:
            site.ask(page)
        with come(base, site), Visitor(site) as visitor:
            time.sleep(0.5 if base.brief else 4.0)
        finding.heard(visitor)
        within = f"99 of 100 within {visitor.p99() * 1000:.0f} ms"
        finding.saw += f", {within}"
        # Other checks run beside a brief run, and a debug build draws and compresses ten times slower.
        finding.need(base.brief or visitor.p99() <= LIMIT_SECONDS, within)
        finding.need(site.memory() <= LIMIT_BYTES, f"{site.memory() // 1_000_000} MB of memory")
        finding.well = seconds(site.wait("a page comes", lambda: site.ask("/national")[0] == 200))

    return run


def clients(site: Site, count: int, say: bytes) -> list[socket.socket]:
    found = []
    for _ in range(count):
        client = socket.create_connection(site.address, timeout=10)
        # One that the server closes at once has had its answer.
        with contextlib.suppress(OSError):
            client.sendall(say)
        found.append(client)
    return found


@contextlib.contextmanager
def idle(base: Base, site: Site) -> Iterator[None]:
    held = clients(site, 300 if base.brief else 1_800, b"")
    yield
    for client in held:
        client.close()


@contextlib.contextmanager
def slow_senders(base: Base, site: Site) -> Iterator[None]:
    held = clients(site, 200 if base.brief else 1_800, b"GET /national HTTP/1.1\r\nHost: a\r\nX-Slow: ")
    yield
    for client in held:
        client.close()


@contextlib.contextmanager
def slow_readers(base: Base, site: Site) -> Iterator[None]:
    """As many as there are connections, who ask for the whole database through the smallest window there is and read nothing."""
    held = []
    for _ in range(2_000):
        client = socket.socket()
        # Before it connects: the window is agreed then.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        client.settimeout(10)
        client.connect(site.address)
        client.sendall(b"GET /data/council-map.sqlite HTTP/1.1\r\nHost: a\r\n\r\n")
        held.append(client)
    yield
    for client in held:
        client.close()


@contextlib.contextmanager
def fire_and_forget(base: Base, site: Site) -> Iterator[None]:
    for number in range(60 if base.brief else 300):
        say = f"GET /decisions.csv?q=word{number} HTTP/1.1\r\nHost: a\r\n\r\n".encode()
        for client in clients(site, 1, say):
            client.close()
    yield


@contextlib.contextmanager
def long_names(base: Base, site: Site) -> Iterator[None]:
    held = clients(site, 40, b"GET /councils/" + b"derby-" * 10_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n")
    yield
    for client in held:
        client.close()


def poisoned_headers(base: Base, finding: Finding) -> None:
    """What a stranger writes into headers is in no answer, his own or the next one's."""
    site = base.shared()
    poison = [
        {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}, {"X-Original-URL": "/evil.example"},
        {"X-Host": "evil.example"}, {"X-Forwarded-Proto": "javascript"}, {"Host": "evil.example@" + site.address[0]},
        {"Host": "a b"}, {"Range": "bytes=0-0,1-1,2-2"}, {"Accept-Encoding": "x" * 9_000}, {"If-None-Match": '"' + "a" * 9_000},
    ]
    statuses = []
    for path in ("/national", "/sitemap.xml", "/feeds.opml"):
        for headers in poison:
            status, body, answered = site.ask(path, headers)
            statuses.append(status)
            everything = body + str(answered).encode()
            finding.need(b"evil.example" not in everything, f"{str(headers)[:80]} is repeated by {path}")
            finding.need(status in (200, 304, 400), f"{str(headers)[:80]}: {status}")
        finding.need(b"evil.example" not in site.ask(path)[1], f"{path} keeps it for the next")
    finding.saw, finding.well = f"{len(statuses)} answers, none repeats it", "at once"


FAULTS = {
    "idle": ("clients that say nothing", True, crowd(idle)),
    "slow-senders": ("clients that never end a header", False, crowd(slow_senders)),
    "slow-readers": ("2,000 clients that read nothing of a long file", False, crowd(slow_readers)),
    "fire-and-forget": ("searches whose clients leave", True, crowd(fire_and_forget)),
    "long-names": ("names of 60 kB", True, crowd(long_names)),
    "poisoned-headers": ("forged headers", True, poisoned_headers),
}
