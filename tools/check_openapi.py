"""Validates /openapi.json and asks the running site for what it describes, with schemathesis.

    python3 tools/check_openapi.py --program target/release/council-map

First the description against OpenAPI 3.1, then made-up requests against the description: examples, edge cases, random
and wrong ones, chains of them. Every answer must be described and no wrong request may pass. Needs
openapi-spec-validator and schemathesis (tools/checks.txt); `./test --data` installs them and runs this, briefly.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from checked_sites import arguments, json_of, served, sites



def main() -> int:
    wanted = arguments(__doc__)
    wanted.add_argument("--max-examples", type=int, default=30, help="random requests to each address")
    wanted.add_argument("--brief", action="store_true", help="without the systematic phase, which asks for every edge of every parameter")
    wanted.add_argument("--seed", type=int, default=1, help="another number makes other requests")
    options = wanted.parse_args()
    wrong = 0
    with sites(options) as made:
        for name, data in made:
            with served(options.program, data) as address:
                wrong += described(name, address) or asked(name, address, data.parent, options)
    print(f"{wrong} sites and their descriptions differ" if wrong else "sites and descriptions agree")
    return 1 if wrong else 0


def described(name: str, address: str) -> int:
    faults = list(OpenAPIV31SpecValidator(json_of(f"{address}/openapi.json")).iter_errors())
    for fault in faults:
        print(f"    {fault.json_path}: {fault.message}")
    print(f"{'WRONG' if faults else 'ok':6} {name}: /openapi.json is OpenAPI 3.1")
    return 1 if faults else 0


def asked(name: str, address: str, folder: Path, options) -> int:
    command = [Path(sys.executable).with_name("schemathesis"), "run", f"{address}/openapi.json", "--checks", "all",
               "--seed", options.seed, "--max-examples", options.max_examples, "--workers", 2, "--no-color",
               "--continue-on-failure", "--warnings", "off"]
    if options.brief:
        command += ["--phases", "examples,fuzzing,stateful"]
    answer = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True)
    counts = re.search(r"(\d+) generated", answer.stdout)
    # A run that could not read the description asks nothing and finds nothing.
    fine = answer.returncode == 0 and counts is not None and int(counts[1]) > (200 if options.brief else 500)
    print(f"{'ok' if fine else 'WRONG':6} {name}: {counts[1] if counts else 'no'} requests, answered as described")
    if not fine:
        print((answer.stdout + answer.stderr)[-12_000:])
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
