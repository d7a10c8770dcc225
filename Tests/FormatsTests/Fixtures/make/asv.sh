#!/bin/sh
# Makes the fixtures of asv again, into the folder that is named: what it says of its benchmarks, and
# results with and without samples, one benchmark failed and one skipped. With asv 0.6.6 and
# Python 3.11.
set -eu
folder=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet asv==0.6.6 asv_runner==0.3.2
git init --quiet repo
git -C repo -c user.name=a -c user.email=a@example.org commit --quiet --allow-empty -m a
mkdir benchmarks
touch benchmarks/__init__.py
cat >benchmarks/lists.py <<'PYTHON'
class Lists:
    params = [[10, 1000], ["up", "down"]]
    param_names = ["size", "kind"]
    number = 4
    repeat = (2, 3, 0.1)
    rounds = 1
    warmup_time = 0

    def setup(self, size, kind):
        if size == 1000 and kind == "down":
            raise NotImplementedError("skipped")
        self.numbers = list(range(size))

    def time_sort(self, size, kind):
        if size == 10 and kind == "down":
            raise RuntimeError("failed")
        sorted(self.numbers)


def track_hits():
    return 12.5


track_hits.unit = "hits"


def mem_list():
    return [0] * 100


def peakmem_list():
    return [0] * 100


def time_broken():
    raise RuntimeError("failed")
PYTHON
cat >asv.conf.json <<'JSON'
{"version": 1, "project": "p", "repo": "repo", "branches": ["HEAD"], "benchmark_dir": "benchmarks",
 "results_dir": "results", "environment_type": "existing"}
JSON
# asv keeps what it knows of machines at home.
export HOME="$work"
hash=$(git -C repo rev-parse HEAD)
venv/bin/asv machine --yes --machine somewhere >/dev/null
run() {
  rm -rf results/somewhere/*-existing*
  venv/bin/asv run --machine somewhere --environment existing:venv/bin/python \
    --set-commit-hash "$hash" "$@" || true
}
run --record-samples
venv/bin/python - "$folder" <<'PYTHON'
import glob, json, sys

path, = glob.glob("results/somewhere/*-existing*.json")
with open(path) as file:
    samples = json.load(file)
with open("results/benchmarks.json") as file:
    benchmarks = json.load(file)
# Nothing of the machine that they were made on, and no sources.
samples["params"] = {"machine": "somewhere", "python": "3.11"}
samples["env_name"] = "existing-py3.11"
samples["python"] = "3.11"
for benchmark in benchmarks.values():
    if isinstance(benchmark, dict):
        benchmark["code"] = ""
columns = samples["result_columns"]
place = columns.index("samples")


def write(name, content):
    with open(sys.argv[1] + "/" + name, "w") as file:
        json.dump(content, file, indent=1)


write("benchmarks.json", benchmarks)
write("samples.json", samples)
# As without --record-samples: the column is null.
for row in samples["results"].values():
    if len(row) > place:
        row[place] = None
        while row[-1] is None:
            row.pop()
write("summary.json", samples)
PYTHON
