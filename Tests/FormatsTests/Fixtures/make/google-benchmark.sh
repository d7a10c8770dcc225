#!/bin/sh
# Makes ../google-benchmark anew, but for upstream_*, which are of the project itself.
# Made with Debian's libbenchmark-dev 1.7.1.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
cat >bench.cpp <<'END'
#include <benchmark/benchmark.h>
#include <algorithm>
#include <vector>

static void sort(benchmark::State& state) {
  std::vector<int> numbers(state.range(0));
  for (auto _ : state) {
    for (size_t i = 0; i < numbers.size(); i++) numbers[i] = (i * 7919) % 1009;
    std::sort(numbers.begin(), numbers.end());
    benchmark::DoNotOptimize(numbers.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * state.range(0) * sizeof(int));
  state.counters["n"] = state.range(0);
  state.counters["sorts"] = benchmark::Counter(1, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(sort)->Arg(64)->Arg(1024)->Unit(benchmark::kMicrosecond);

static void copy(benchmark::State& state) {
  std::vector<char> from(4096, 'x'), to(4096);
  for (auto _ : state) {
    std::copy(from.begin(), from.end(), to.begin());
    benchmark::DoNotOptimize(to.data());
  }
  state.SetLabel("4 KiB");
}
BENCHMARK(copy)->Threads(2)->UseRealTime();

static void fails(benchmark::State& state) {
  state.SkipWithError("no such file");
  for (auto _ : state) {}
}
BENCHMARK(fails);

static void cube(benchmark::State& state) {
  for (auto _ : state) {
    int sum = 0;
    for (int i = 0; i < state.range(0); i++) benchmark::DoNotOptimize(sum += i);
  }
  state.SetComplexityN(state.range(0));
}
BENCHMARK(cube)->Range(8, 64)->Complexity(benchmark::oN);

BENCHMARK_MAIN();
END
c++ -O2 bench.cpp -lbenchmark -lpthread -o bench
bench() {
  ./bench --benchmark_min_time=0.01 --benchmark_format=json "$@" 2>/dev/null |
    sed 's/"host_name": ".*"/"host_name": "host"/'
}
to=$here/../google-benchmark
bench --benchmark_repetitions=3 >"$to/repetitions.json"
bench --benchmark_repetitions=3 --benchmark_filter=sort/64 \
  --benchmark_report_aggregates_only=true >"$to/aggregates.json"
