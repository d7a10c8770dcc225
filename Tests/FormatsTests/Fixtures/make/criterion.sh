#!/bin/sh
# Makes v0.3.6* in ../criterion, ../criterion-csv, ../criterion-text and ../libtest anew.
# Made with Debian's librust-criterion-dev 0.3.6 and rustc 1.95.0. Reports and statistics are left out.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
mkdir benches src .cargo
cat >.cargo/config.toml <<'END'
[source.crates-io]
replace-with = "debian"
[source.debian]
directory = "/usr/share/cargo/registry"
END
cat >Cargo.toml <<'END'
[package]
name = "demo"
version = "0.1.0"
edition = "2021"

[dependencies]

[dev-dependencies]
criterion = { version = "0.3", default-features = false }

[[bench]]
name = "sorting"
harness = false
END
cat >src/lib.rs <<'END'
pub fn fib(n: u64) -> u64 { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }
END
cat >benches/sorting.rs <<'END'
use criterion::*;
use demo::fib;

fn benches(c: &mut Criterion) {
    c.bench_function("fib 10", |b| b.iter(|| fib(black_box(10))));
    let mut group = c.benchmark_group("sort");
    for n in [64u64, 512] {
        group.throughput(Throughput::Elements(n));
        group.bench_with_input(BenchmarkId::new("unstable", n), &n, |b, n| {
            b.iter(|| { let mut v: Vec<u64> = (0..*n).map(|i| i * 7919 % 1009).collect(); v.sort_unstable(); v })
        });
    }
    group.finish();
    let mut group = c.benchmark_group("copy");
    group.throughput(Throughput::Bytes(4096));
    group.sampling_mode(SamplingMode::Flat);
    group.bench_function("4 KiB", |b| { let v = vec![1u8; 4096]; b.iter(|| black_box(&v).clone()) });
    group.finish();
}
criterion_group!(name = all; config = Criterion::default().sample_size(10).warm_up_time(std::time::Duration::from_millis(50)).measurement_time(std::time::Duration::from_millis(200)); targets = benches);
criterion_main!(all);
END
bench() { cargo bench --offline --bench sorting -- "$@" 2>/dev/null; }
bench --save-baseline main >"$here/../criterion-text/v0.3.6.txt"
bench --output-format bencher >"$here/../libtest/criterion_v0.3.6.txt"
bench >"$here/../criterion-text/v0.3.6_change.txt"
cp 'target/criterion/copy/4 KiB/new/raw.csv' "$here/../criterion-csv/v0.3.6.csv"
to=$here/../criterion/v0.3.6
rm -rf "$to"
cd target/criterion
find . -path ./report -prune -o \( -name sample.json -o -name benchmark.json \) -print |
  while read -r file; do
    mkdir -p "$to/$(dirname "$file")"
    cp "$file" "$to/$file"
  done
cp 'copy/4 KiB/new/raw.csv' "$to/copy/4 KiB/new/"
