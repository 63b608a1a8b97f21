#!/usr/bin/env python3
"""Writes tests/fixtures/statistics/scipy.csv: 2,000 cases with what SciPy makes of them.

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1
    venv/bin/python tools/reference_statistics.py > tests/fixtures/statistics/scipy.csv

100 groups of 20 councils, half of them shares and half rates of residents, among them councils with 0, 1 and 2 cases and with
none or all of them counted. Every value comes from SciPy's distributions or plain sums, none from this project's code.
"""
import csv
import math
import random
import sys

from scipy import stats

Z = stats.norm.ppf(0.975)


def interval(unit, k, n):
    if unit == "percent":
        found = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        return found.low, found.high
    low = stats.chi2.ppf(0.025, 2 * k) / 2 if k else 0.0
    return low / n, stats.chi2.ppf(0.975, 2 * k + 2) / 2 / n


def tails(chance, k):
    return chance.cdf(k), chance.sf(k - 1)


def limits(p, n):
    """Funnel limits by the interpolation of Spiegelhalter 2005, appendix A.1; the upper one is the mirror of the lower."""

    def lowest(chance):
        r = chance.ppf(0.025)
        upto, before = chance.cdf(r), chance.cdf(r - 1)
        return min(max((r - (upto - 0.025) / (upto - before)) / n, 0.0), 1.0)

    return lowest(stats.binom(n, p)), 1 - lowest(stats.binom(n, 1 - p))


def spread(unit, group):
    """Mean and prior weight by the method of moments."""
    known = [(k, n) for k, n in group if n]
    total = sum(n for _, n in known)
    mean = sum(k for k, _ in known) / total
    squares = sum(n * (k / n - mean) ** 2 for k, n in known)
    freedom = len(known) - 1
    effective = total - sum(n * n for _, n in known) / total
    if unit == "percent":
        chance = mean * (1 - mean)
        room = chance * (effective - freedom)
        likeness = (squares - freedom * chance) / room if room > 0 else 0.0
        return mean, (1 / min(likeness, 1.0) - 1 if likeness > 0 else math.inf)
    variance = (squares - freedom * mean) / effective
    return mean, (mean / variance if variance > 0 else math.inf)


def shrink(unit, mean, weight, k, n):
    if math.isinf(weight):
        return mean, 0.0
    if unit == "percent":
        posterior = stats.beta(k + weight * mean, n - k + weight * (1 - mean)) if 0 < mean < 1 else None
    else:
        posterior = stats.gamma(k + weight * mean, scale=1 / (n + weight))
    return (posterior.mean(), posterior.var()) if posterior else (mean, 0.0)


def logarithm(unit, k, n):
    if unit == "percent":
        return math.log((k + 0.5) / (n - k + 0.5)), 1 / (k + 0.5) + 1 / (n - k + 0.5)
    return math.log((k + 0.5) / n), 1 / (k + 0.5)


def main():
    random.seed(2026)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(
        "group unit k n then_k then_n low high at_most at_least limit_low limit_high chance_of_mark mean weight shrunken best worst "
        "change_at_most change_at_least z".split()
    )
    show = lambda value: "inf" if value == math.inf else "" if value is None else f"{value:.12g}"
    for number in range(100):
        unit = "percent" if number % 2 == 0 else "per-100k"
        middle = random.choice([0.1, 0.5, 0.8, 0.95])
        width = random.choice([0.0, 0.02, 0.15])
        cases = []
        for place in range(20):
            true = min(max(random.gauss(middle, width), 0.01), 0.99)
            if unit == "percent":
                n = place if place < 3 else random.choice([5, 12, 13, 40, 120, 400])
                draw = lambda n: sum(random.random() < true for _ in range(n))
                k = 0 if place == 3 else n if place == 4 else draw(n)
                then_n = random.choice([1, 2, 9, 30, 110])
                then_k = draw(then_n)
            else:
                n = random.randrange(40_000, 900_000)
                draw = lambda n: int(stats.poisson.rvs(true * n / 20_000, random_state=random.randrange(2**31)))
                k = place if place < 3 else draw(n)
                then_n = int(n * random.uniform(0.97, 1.0))
                then_k = draw(then_n)
            cases.append((k, n, then_k, then_n))
        mean, weight = spread(unit, [case[:2] for case in cases])
        shrunken = [shrink(unit, mean, weight, k, n) for k, n, _, _ in cases]
        rest_now, rest_then = (sum(case[0] for case in cases), sum(case[1] for case in cases)), (
            sum(case[2] for case in cases),
            sum(case[3] for case in cases),
        )
        for (k, n, then_k, then_n), (rate, variance) in zip(cases, shrunken):
            surely = lambda sign: sum(
                sign * (other - rate) > 0 and (other - rate) ** 2 > Z * Z * (variance + more) for other, more in shrunken
            )
            row = [number, unit, k, n, then_k, then_n]
            if n:
                chance = stats.binom(n, mean) if unit == "percent" else stats.poisson(mean * n)
                fewest = 0 if unit == "percent" else 5
                low, high = chance.ppf(0.025), chance.ppf(0.975)
                mark = max(chance.cdf(low - 1) - chance.cdf(fewest - 1), 0) + chance.sf(max(high, fewest - 1))
                if unit == "percent" and n < 5:
                    mark = None
                # Fewer or no cases on the one side of the two years, and their sum on both.
                hits = k + then_k
                then = (
                    stats.hypergeom(n + then_n, hits, n) if unit == "percent" else stats.binom(hits, n / (n + then_n))
                )
                logs = [
                    logarithm(unit, *one)
                    for one in [(k, n), (then_k, then_n), (rest_now[0] - k, rest_now[1] - n), (rest_then[0] - then_k, rest_then[1] - then_n)]
                ]
                z = (logs[0][0] - logs[1][0] - logs[2][0] + logs[3][0]) / math.sqrt(sum(one[1] for one in logs))
                funnel = list(limits(mean, n)) if unit == "percent" and 0 < mean < 1 else [None, None]
                row += map(show, [*interval(unit, k, n), *tails(chance, k), *funnel, mark])
                row += map(show, [mean, weight, rate])
                row += [1 + surely(1), 20 - surely(-1)]
                row += map(show, [*tails(then, k), z])
            else:
                row += [""] * 7 + [show(mean), show(weight), show(rate), 1 + surely(1), 20 - surely(-1), "", "", ""]
            out.writerow(row)


main()
