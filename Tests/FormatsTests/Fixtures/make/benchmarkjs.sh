#!/bin/sh
# Makes benchmarkjs/local.txt. Made with Benchmark.js 2.1.4, Debian's package node-benchmark, and
# Node.js 20.20; where it is not installed, NODE_PATH says where it lies.
set -eu
fixtures=$(cd "$(dirname "$0")/.." && pwd)
node - > "$fixtures/benchmarkjs/local.txt" <<'END'
const Benchmark = require('benchmark')
const fib = (n) => (n < 2 ? n : fib(n - 1) + fib(n - 2))
new Benchmark.Suite()
  .add('fib(10)', () => fib(10))
  .add('fib x 2 of 15', () => fib(15) + fib(15))
  .add('slow', { defer: true, fn: (deferred) => setTimeout(() => deferred.resolve(), 5), maxTime: 0.2 })
  .add('broken', () => { throw new Error('no resource') })
  .on('cycle', (event) => console.log(String(event.target)))
  .on('complete', function () { console.log('Fastest is ' + this.filter('fastest').map('name')) })
  .run({ async: true })
END
