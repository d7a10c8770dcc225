#!/bin/sh
# Makes rustc_* in ../libtest and ../libtest-json anew. Made with rustc 1.95.0.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
cd "$work"
mkdir src
cat >Cargo.toml <<'END'
[package]
name = "demo"
version = "0.1.0"
edition = "2021"
END
cat >src/lib.rs <<'END'
#![feature(test)]
extern crate test;
pub fn fib(n: u64) -> u64 { if n < 2 { n } else { fib(n - 1) + fib(n - 2) } }

#[cfg(test)]
mod tests {
    use super::*;
    use test::{black_box, Bencher};
    #[test]
    fn it_works() { assert_eq!(fib(10), 55); }
    #[bench]
    fn bench_bytes(b: &mut Bencher) { b.bytes = 1024; b.iter(|| black_box(vec![1u8; 1024])); }
    #[bench]
    fn bench_fib(b: &mut Bencher) { b.iter(|| fib(black_box(15))); }
    #[bench]
    fn bench_panics(b: &mut Bencher) { b.iter(|| ()); panic!("no such file"); }
}
END
export RUSTC_BOOTSTRAP=1 # unstable features, which this harness is
cargo bench --offline >"$here/../libtest/rustc_1.95.txt" || true # one benchmark fails
cargo bench --offline -- -Z unstable-options --format json >"$here/../libtest-json/rustc_1.95.json" ||
  true
