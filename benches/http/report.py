"""The tables, as Markdown."""

from __future__ import annotations

import dataclasses
import datetime
import os
import statistics
from pathlib import Path

from loads import Load

NAMES = {"site": "Council Map", "nginx": "nginx", "datasette": "Datasette"}


@dataclasses.dataclass
class Leg:
    """What one server did with one load for some seconds."""

    rate: float
    p50: float
    p99: float
    p999: float
    size: float
    cpu: float
    # Of it in the program itself, not in the kernel.
    own: float
    memory: float
    errors: int
    generator: float


def median(legs: list[Leg]) -> Leg:
    values = {field.name: statistics.median(getattr(leg, field.name) for leg in legs) for field in dataclasses.fields(Leg)}
    # An error in one of five legs is one all the same.
    return Leg(**{**values, "errors": sum(leg.errors for leg in legs)})


def machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")
    return f"{os.cpu_count()} processors, {model}, {datetime.date.today():%-d %B %Y}"


def of(values: list[float]) -> str:
    """The median and, in brackets, the least and the most."""
    middle = statistics.median(values)
    return short(middle) if len(values) == 1 else f"{short(middle)} ({short(min(values))} to {short(max(values))})"


def short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def wanted(ratios: list[float], limit: float | None, at_least: bool) -> str:
    if limit is None:
        return "–"
    ratio = statistics.median(ratios)
    met = ratio >= limit if at_least else ratio <= limit
    return f"{'at least' if at_least else 'at most'} {limit:g}: {'met' if met else '**not met**'}"


def table(heads: list[str], rows: list[list[str]], words: int) -> str:
    """A table whose first columns hold words and whose others hold numbers."""
    lines = [f"| {' | '.join(line)} |".replace("|  |", "| |") for line in [heads, *rows]]
    lines.insert(1, f"|{'---|' * words}{'---:|' * (len(heads) - words)}")
    return "\n".join(lines)


def ratios(results: list[tuple[Load, list[list[Leg]]]]) -> str:
    """Each load with a peer. The ratio is the median of the rounds' own, since what disturbs a round disturbs both."""
    rows = []
    for load, (ours, *others) in results:
        for asked, theirs in zip(load.asked[1:], others):
            rate, p99, cpu = ([getattr(one, name) / max(getattr(other, name), 1e-9) for one, other in zip(ours, theirs)]
                              for name in ("rate", "p99", "cpu"))
            rows.append([load.name, NAMES[asked.server], short(median(ours).rate), short(median(theirs).rate), of(rate),
                         wanted(rate, load.rate, at_least=True), of(p99), wanted(p99, load.p99, at_least=False), of(cpu)])
    heads = ["", "peer", "answers a second", "the peer's", "ours / the peer's", "wanted", "p99, ours / the peer's", "wanted",
             "CPU an answer, ours / the peer's"]
    return table(heads, rows, 2)


def details(results: list[tuple[Load, list[list[Leg]]]]) -> str:
    rows = []
    for load, servers in results:
        for asked, legs in zip(load.asked, servers):
            leg = median(legs)
            rows.append([load.name, NAMES[asked.server], *map(short, (leg.rate, leg.p50, leg.p99, leg.p999)), f"{leg.size:,.0f}",
                         f"{leg.cpu:.3f}", f"{leg.own:.0%}", f"{leg.memory:.0f}", str(leg.errors),
                         f"{leg.rate * leg.cpu / 1000:.0%}", f"{leg.generator:.0%}"])
    heads = ["", "server", "answers a second", "p50, ms", "p99, ms", "p99.9, ms", "bytes an answer", "CPU s for 1,000", "of it its own",
             "peak MB", "errors", "server busy", "wrk busy"]
    return table(heads, rows, 2)


def grown(results: dict[int, list[tuple[Load, list[list[Leg]]]]]) -> str:
    """The rate with more decisions beside that with the fewest."""
    sizes = list(results)
    rows = []
    for place, (load, (first,)) in enumerate(results[sizes[0]]):
        legs = [median(results[size][place][1][0]) for size in sizes]
        rows.append([load.name, *(f"{short(leg.rate)} ({leg.rate / median(first).rate:.2f}), p99 {short(leg.p99)} ms, {leg.cpu:.2f} s, "
                                  f"{leg.memory:.0f} MB" for leg in legs)])
    return table(["", *(f"{size:,} decisions" for size in sizes)], rows, 1)
