#!/bin/sh
# Makes the fixtures that `swift test` prints and writes: xctest/linux.txt (XCTest, then Swift
# Testing), swift-testing/linux.txt, junit/xctest.xml and junit/swift-testing.xml. Made with Swift 6.3.1.
set -eu
fixtures=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/Tests/PerfTests"
cat > "$folder/Package.swift" <<'END'
// swift-tools-version: 6.0
import PackageDescription
let package = Package(name: "Perf", targets: [.testTarget(name: "PerfTests")])
END
cat > "$folder/Tests/PerfTests/PerfTests.swift" <<'END'
import Testing
import XCTest

private func fib(_ n: Int) -> Int { n < 2 ? n : fib(n - 1) + fib(n - 2) }

final class PerfTests: XCTestCase {
  func testFib20() { measure { _ = fib(20) } }
  func testFib27() { measure { _ = fib(27) } }
  func testPlain() { XCTAssertEqual(fib(10), 55) }
  func testWrong() { XCTAssertEqual(fib(10), 56) }
  func testUnstable() {
    var runs: UInt32 = 0
    measure {
      runs += 1
      usleep(runs == 5 ? 600_000 : 1000)
    }
  }
  func testSkipped() throws { throw XCTSkip("not here") }
}

@Suite struct SwiftPerf {
  @Test func plain() { #expect(fib(10) == 55) }
  @Test("a test with a name") func named() { #expect(fib(20) == 6765) }
  @Test func wrong() { #expect(fib(10) == 56) }
  @Test(.disabled("not here")) func skipped() {}
  @Test(arguments: [1, 2]) func parameters(n: Int) { #expect(fib(n) == 1) }
}
END
cd "$folder"
swift build --build-tests >&2
# All of these runs fail, as two of the tests do.
swift test --skip-build > both.txt || true
swift test --skip-build --disable-xctest > testing.txt || true
swift test --skip-build --parallel --xunit-output report.xml > parallel.txt || true
sed "s|$folder|/package|" both.txt > "$fixtures/xctest/linux.txt"
sed "s|$folder|/package|" testing.txt > "$fixtures/swift-testing/linux.txt"
cp report.xml "$fixtures/junit/xctest.xml"
cp report-swift-testing.xml "$fixtures/junit/swift-testing.xml"
