"""The tables, as Markdown."""

from __future__ import annotations

import dataclasses
import datetime
import os
import statistics
from pathlib import Path

from loads import Load


@dataclasses.dataclass
class Leg:
    """What one server did with one load for some seconds."""

    rate: float
    p50: float
    p99: float
    p999: float
    size: float
    cpu: float
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
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def wanted(ratio: float, limit: float | None, at_least: bool) -> str:
    if limit is None:
        return "–"
    met = ratio >= limit if at_least else ratio <= limit
    return f"{'at least' if at_least else 'at most'} {limit:g}: {'met' if met else '**not met**'}"


def ratios(results: list[tuple[Load, list[list[Leg]]]]) -> str:
    """Each load with a peer. The ratio is the median of the rounds' own, since what disturbs a round disturbs both."""
    table = ["| | peer | answers a second, ours | the peer's | rate, ours / peer | wanted | p99, ours / peer | wanted |",
             "|---|---|---:|---:|---:|---|---:|---|"]
    for load, (ours, *others) in results:
        for asked, theirs in zip(load.asked[1:], others):
            rate = [one.rate / other.rate for one, other in zip(ours, theirs)]
            p99 = [one.p99 / other.p99 for one, other in zip(ours, theirs)]
            table.append(f"| {load.name} | {asked.server} | {short(median(ours).rate)} | {short(median(theirs).rate)} | {of(rate)} | "
                         f"{wanted(statistics.median(rate), load.rate, True)} | {of(p99)} | "
                         f"{wanted(statistics.median(p99), load.p99, False)} |")
    return "\n".join(table)


def details(results: list[tuple[Load, list[list[Leg]]]]) -> str:
    table = ["| | server | answers a second | p50, ms | p99, ms | p99.9, ms | bytes an answer | CPU s for 1,000 | peak MB | errors | wrk busy |",
             "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for load, servers in results:
        for asked, legs in zip(load.asked, servers):
            leg = median(legs)
            table.append(f"| {load.name} | {asked.server} | {short(leg.rate)} | {short(leg.p50)} | {short(leg.p99)} | {short(leg.p999)} | "
                         f"{leg.size:,.0f} | {leg.cpu:.3f} | {leg.memory:.0f} | {leg.errors} | {leg.generator:.0%} |")
    return "\n".join(table)


def grown(results: dict[int, list[tuple[Load, list[list[Leg]]]]]) -> str:
    """The rate with more decisions beside that with the fewest."""
    sizes = list(results)
    table = [f"| | {' | '.join(f'{size:,} decisions' for size in sizes)} |", f"|---|{'---:|' * len(sizes)}"]
    for place, (load, (first,)) in enumerate(results[sizes[0]]):
        cells = []
        for size in sizes:
            leg = median(results[size][place][1][0])
            cells.append(f"{short(leg.rate)} ({leg.rate / median(first).rate:.2f}), p99 {short(leg.p99)} ms, {leg.memory:.0f} MB")
        table.append(f"| {load.name} | {' | '.join(cells)} |")
    return "\n".join(table)
