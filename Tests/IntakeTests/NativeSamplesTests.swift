import Foundation
import Intake
import Testing

/// Real outputs of tools, which lie beside the package where it is developed.
private let samples = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "shared/samples").path

@Suite(
  "Real outputs of tools for C, C++, Rust and commands",
  .enabled(
    if: FileManager.default.fileExists(atPath: samples),
    "the collection of real outputs, shared/samples, does not lie beside the package"))
struct NativeSamplesTests {
  struct Sample: Sendable {
    let file: String
    let format: String
    /// Counted in the file.
    let series: Int
    var failures = 0
  }

  @Test("real outputs are recognized and read", arguments: table)
  func reads(_ sample: Sample) throws {
    let input = try Input(path: "\(samples)/\(sample.file)")
    let format = try Format.detect(input)
    #expect(format.name == sample.format)
    let reading = try format.read(input)
    #expect(reading.series.count == sample.series)
    #expect(reading.failures.count == sample.failures)
  }

  @Test("no other output is taken for one of these")
  func others() throws {
    let mine = Set(
      Self.table.map(\.format) + ["libtest-json", "cargo-criterion", "time", "callgrind"])
    let known = Set(Self.table.map(\.file) + ["google-benchmark/upstream_test4_run1.json"])
    for file in try FileManager.default.subpathsOfDirectory(atPath: samples)
    where !known.contains(file) {
      let input = try Input(path: "\(samples)/\(file)")
      guard input.directory == nil else { continue }
      let takers = Format.all.filter { mine.contains($0.name) && $0.recognizes(input) }
      #expect(takers.isEmpty, "\(file): \(takers.map(\.name))")
    }
  }

  static let table: [Sample] = [
    Sample(file: "google-benchmark/bencher_two.json", format: "google-benchmark", series: 4),
    Sample(
      file: "google-benchmark/gab_googlecpp_output.json", format: "google-benchmark", series: 4),
    // 14 rows with times, 2 computed from others.
    Sample(
      file: "google-benchmark/upstream_test1_run1.json", format: "google-benchmark", series: 28),
    Sample(
      file: "google-benchmark/upstream_test1_run2.json", format: "google-benchmark", series: 28),
    Sample(
      file: "google-benchmark/upstream_test3_run1.json", format: "google-benchmark", series: 8),
    Sample(
      file: "google-benchmark/upstream_test5_run1.json", format: "google-benchmark", series: 2),
    Sample(file: "catch2/local_v3.7.1_benchmarks.xml", format: "catch2", series: 3),
    Sample(file: "catch2/local_v3.7.1_console.txt", format: "catch2-console", series: 3),
    Sample(
      file: "github-action-benchmark/issue16_output.txt", format: "catch2-console", series: 2),
    Sample(file: "catch2/bencher_four.txt", format: "catch2-console", series: 4),
    Sample(file: "catch2/gab_catch2_output_v3.txt", format: "catch2-console", series: 4),
    Sample(
      file: "cargo-bench-libtest/bencher_failed.txt", format: "libtest", series: 2, failures: 1),
    Sample(file: "cargo-bench-libtest/bencher_ignore.txt", format: "libtest", series: 1),
    Sample(file: "cargo-bench-libtest/bencher_issue_390.txt", format: "libtest", series: 4),
    Sample(file: "cargo-bench-libtest/gab_cargo_output.txt", format: "libtest", series: 2),
    Sample(file: "cargo-bench-libtest/gab_cargo_output3.txt", format: "libtest", series: 2),
    Sample(file: "cargo-bench-libtest/gab_cargo_output_units.txt", format: "libtest", series: 5),
    Sample(file: "cargo-bench-libtest/local_1.95_stdout.txt", format: "libtest", series: 4),
    Sample(file: "criterion-stdout/gab_criterion_output.txt", format: "libtest", series: 4),
    Sample(file: "criterion-stdout/bencher_dogfood.txt", format: "criterion-text", series: 4),
    Sample(
      file: "criterion-stdout/bencher_failed.txt", format: "criterion-text", series: 4, failures: 1),
    Sample(file: "criterion/Fibonacci_Iterative_base_raw.csv", format: "criterion-csv", series: 1),
    Sample(file: "criterion/Fibonacci_Iterative_new_raw.csv", format: "criterion-csv", series: 1),
    Sample(file: "hyperfine/local_1.15_basic.csv", format: "hyperfine-csv", series: 6),
    Sample(file: "gungraun/bencher_with-ge.txt", format: "gungraun", series: 14),
    Sample(file: "gungraun/bencher_dhat-then-callgrind.txt", format: "gungraun", series: 28),
    Sample(
      file: "gungraun/bencher_json_one_callgrind_all_metrics.txt", format: "gungraun", series: 37),
    Sample(file: "gungraun/bencher_json_one_dhat_all_metrics.txt", format: "gungraun", series: 13),
  ]
}
