"""python -m tests.fuzz [--seconds 3600] [--seed 1] [--corpus FOLDER] [--findings FOLDER]"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.fuzz.hunt import hunt


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="further mails to start from")
    parser.add_argument("--findings", type=Path, default=Path("var/fuzz"))
    given = parser.parse_args()
    given.findings.mkdir(parents=True, exist_ok=True)
    report = hunt(
        seconds=given.seconds, seed=given.seed, corpus=given.corpus, findings=given.findings
    )
    sys.stdout.write(json.dumps(report.as_dict(), indent=1) + "\n")
    sys.exit(1 if report.failures else 0)


if __name__ == "__main__":
    main()
