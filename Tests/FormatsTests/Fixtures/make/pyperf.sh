#!/bin/sh
# Makes the fixtures of pyperf again, into the folder that is named: two benchmarks of three worker
# runs each, and one whose values are bytes. With pyperf 2.10.0 and Python 3.11.
set -eu
folder=$(cd "$1" && pwd)
rm -f "$folder/two.json" "$folder/memory.json"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet pyperf==2.10.0
cat >two.py <<'PYTHON'
import pyperf

runner = pyperf.Runner(values=3, warmups=1, processes=3, loops=64)
runner.timeit("sort", "sorted(numbers)", "numbers = list(range(100, 0, -1))")
runner.timeit("sum", "sum(numbers)", "numbers = list(range(100))", inner_loops=1)
PYTHON
venv/bin/python two.py --output "$folder/two.json"
venv/bin/python -m pyperf timeit --processes 2 --values 1 --loops 16 --tracemalloc --name list \
  --output "$folder/memory.json" '[1] * 1000'
# Nothing of the machine that it was made on.
venv/bin/python - "$folder/two.json" "$folder/memory.json" <<'PYTHON'
import json, sys

for path in sys.argv[1:]:
    with open(path) as file:
        content = json.load(file)
    for key in "hostname", "python_config_args", "python_executable":
        content["metadata"].pop(key, None)
    with open(path, "w") as file:
        json.dump(content, file)
PYTHON
