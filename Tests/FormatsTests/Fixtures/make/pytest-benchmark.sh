#!/bin/sh
# Makes the fixtures of pytest-benchmark again, into the folder that is named: one file with samples,
# and one saved without them. With pytest-benchmark 5.3.1, pytest 9.2.0 and Python 3.11.
set -eu
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet pytest==9.2.0 pytest-benchmark==5.3.1
cat >test_sorting.py <<'PYTHON'
import pytest


@pytest.mark.parametrize("size, kind", [(10, "up"), (10, "down")])
def test_sort(benchmark, size, kind):
    numbers = list(range(size))
    if kind == "down":
        numbers.reverse()
    benchmark.pedantic(sorted, args=(numbers,), rounds=5, iterations=8)


def test_sum(benchmark):
    benchmark.extra_info["numbers"] = 100
    benchmark.pedantic(sum, args=(range(100),), rounds=4)


def test_broken(benchmark):
    benchmark(lambda: 1 / 0)
PYTHON
venv/bin/python -m pytest -q --benchmark-json samples.json || true
venv/bin/python -m pytest -q --benchmark-storage file://storage --benchmark-save one || true
venv/bin/python -m pytest -q --benchmark-timer time.process_time --benchmark-json timer.json \
  -k sum || true
# Nothing of the machine that they were made on.
venv/bin/python - "$folder" samples.json storage/*/0001_one.json timer.json <<'PYTHON'
import json, sys

for path, name in zip(sys.argv[2:], ["samples.json", "saved.json", "cpu.json"]):
    with open(path) as file:
        content = json.load(file)
    content["machine_info"]["node"] = content["commit_info"]["project"] = "somewhere"
    del content["machine_info"]["cpu"]["flags"]
    with open(sys.argv[1] + "/" + name, "w") as file:
        json.dump(content, file, indent=1)
PYTHON
