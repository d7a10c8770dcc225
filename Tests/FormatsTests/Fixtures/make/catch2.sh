#!/bin/sh
# Makes v2.13.10* in ../catch2 and ../catch2-console anew. Made with Debian's catch2 2.13.10.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
cat >bench.cpp <<'END'
#define CATCH_CONFIG_MAIN
#define CATCH_CONFIG_ENABLE_BENCHMARKING
#include <catch2/catch.hpp>
#include <stdexcept>

static long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

TEST_CASE("Fibonacci", "[bench]") {
  BENCHMARK("fib 10") { return fib(10); };
  SECTION("deep") {
    BENCHMARK("fib 10") { return fib(12); };
    BENCHMARK("a name that is so long that the console wraps it into a second line") { return fib(14); };
  }
  SECTION("shallow") {
    BENCHMARK("fib <16> & \"more\"") { return fib(16); };
  }
}
TEST_CASE("Failing", "[bench]") {
  BENCHMARK("throws") { if (fib(3) == 2) throw std::runtime_error("no such file"); return 1; };
  BENCHMARK("after") { return fib(5); };
}
END
c++ -O1 bench.cpp -o bench
bench() {
  ./bench --benchmark-samples 20 --benchmark-resamples 1000 --benchmark-warmup-time 10 "$@"
}
bench -r xml >"$here/../catch2/v2.13.10.xml"
bench >"$here/../catch2-console/v2.13.10.txt"
bench --benchmark-no-analysis >"$here/../catch2-console/v2.13.10_no_analysis.txt"
