"""Validates the data package of an export and of a running site against their tables, with frictionless.

    python3 tools/check_data_package.py --program target/release/council-map

Every row of every table is read and held to the types, formats and keys that datapackage.json promises. Needs
frictionless (tools/checks.txt); `./test --data` installs it and runs this.
"""

from __future__ import annotations

import sys
from pathlib import Path

import frictionless

from checked_sites import arguments, run, served, sites


def main() -> int:
    options = arguments(__doc__).parse_args()
    wrong = 0
    with sites(options) as made:
        for name, data in made:
            out = data.with_name(f"{name}-export")
            run(options.program, "export", "--out", out, "--data", data)
            wrong += validate(f"{name}, exported", str(out / "data" / "datapackage.json"))
            with served(options.program, data) as address:
                wrong += validate(f"{name}, served", f"{address}/data/datapackage.json")
    print(f"{wrong} data packages are wrong" if wrong else "all data packages hold")
    return 1 if wrong else 0


def validate(what: str, descriptor: str) -> int:
    report = frictionless.validate(descriptor, type="package", limit_errors=20)
    rows = sum(task.stats.get("rows", 0) for task in report.tasks)
    # A package whose tables were not read would be right for nothing.
    fine = report.valid and len(report.tasks) >= 10 and rows > 0
    print(f"{'ok' if fine else 'WRONG':6} {what}: {len(report.tasks)} tables, {rows} rows")
    for error in report.errors:
        print(f"    {error.message}")
    for task in report.tasks:
        for error in task.errors:
            print(f"    {Path(task.place).name}: {error.message}")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
