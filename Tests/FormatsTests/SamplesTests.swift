import Formats
import Foundation
import Testing

/// Real outputs of tools, which lie beside the package where it is developed.
private let samples = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "shared/samples").path

@Suite(
  "Real outputs of tools",
  .enabled(
    if: FileManager.default.fileExists(atPath: samples),
    "the collection of real outputs, shared/samples, does not lie beside the package"))
struct SamplesTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let file: String
    /// nil for one that is refused.
    var format: String?
    /// How many there are in the file.
    var series = 0
    var failures = 0
    var reason = ""
    var testDescription: String { file }
  }

  @Test("each is read by one format, or refused with the right reason", arguments: table)
  func read(_ sample: Sample) throws {
    let input = try Input(path: "\(samples)/\(sample.file)", name: "x")
    do throws(InputError) {
      let format = try Format.detect(input)
      let reading = try format.read(input)
      #expect(format.name == sample.format)
      #expect(reading.series.count == sample.series)
      #expect(reading.failures.count == sample.failures)
    } catch {
      #expect(sample.format == nil, "\(error)")
      #expect(error.description == "x: \(sample.reason)")
    }
  }

  @Test("every file of the collection is in the table")
  func complete() throws {
    let files = try FileManager.default.subpathsOfDirectory(atPath: samples).filter {
      try Input(path: "\(samples)/\($0)").directory == nil
    }
    #expect(Set(files) == Set(Self.table.map(\.file)))
  }

  private static let table = [
    Sample(file: "SOURCES.tsv", reason: "format not recognized"),
    Sample(
      file: "asv/v2_sgkit_benchmarks.json",
      reason: "says what the benchmarks of asv are, and holds no results"),
    Sample(file: "asv/v2_sgkit_fb22e016-conda-py3.8.json", format: "asv", series: 5),
    Sample(file: "asv/v2_sgkit_ff972a31-conda-py3.8.json", format: "asv", series: 6),
    Sample(file: "asv/v2_sgkit_ff976c5f-conda-py3.8.json", format: "asv", series: 2),
    Sample(file: "asv/v2_sgkit_machine.json", reason: "format not recognized"),
    Sample(
      file: "benchmarkdotnet/bencher_null_namespace.json", format: "benchmarkdotnet", series: 1),
    Sample(file: "benchmarkdotnet/bencher_two_more.json", format: "benchmarkdotnet", series: 2),
    Sample(file: "benchmarkdotnet/gab_benchmarkdotnet.json", format: "benchmarkdotnet", series: 2),
    Sample(
      file: "benchmarkdotnet/upstream_Exporters_Invariant.verified.txt",
      reason: "format not recognized"),
    Sample(file: "benchmarkjs/bencher_four.txt", format: "benchmarkjs", series: 4),
    Sample(file: "benchmarkjs/gab_output.txt", format: "benchmarkjs", series: 3),
    Sample(
      file: "cargo-bench-libtest/bencher_failed.txt", format: "libtest", series: 2, failures: 1),
    Sample(file: "cargo-bench-libtest/bencher_ignore.txt", format: "libtest", series: 1),
    Sample(file: "cargo-bench-libtest/bencher_issue_390.txt", format: "libtest", series: 4),
    Sample(file: "cargo-bench-libtest/bencher_zero.txt", reason: "format not recognized"),
    Sample(file: "cargo-bench-libtest/gab_cargo_output.txt", format: "libtest", series: 2),
    Sample(file: "cargo-bench-libtest/gab_cargo_output3.txt", format: "libtest", series: 2),
    Sample(file: "cargo-bench-libtest/gab_cargo_output_units.txt", format: "libtest", series: 5),
    Sample(file: "cargo-bench-libtest/local_1.95_stdout.txt", format: "libtest", series: 4),
    Sample(file: "catch2/bencher_four.txt", format: "catch2-console", series: 4),
    Sample(file: "catch2/gab_catch2_output_v3.txt", format: "catch2-console", series: 4),
    Sample(file: "catch2/local_v3.7.1_benchmarks.xml", format: "catch2", series: 3),
    Sample(file: "catch2/local_v3.7.1_console.txt", format: "catch2-console", series: 3),
    Sample(file: "criterion-stdout/bencher_dogfood.txt", format: "criterion-text", series: 4),
    Sample(
      file: "criterion-stdout/bencher_failed.txt", format: "criterion-text", series: 4, failures: 1),
    Sample(file: "criterion-stdout/gab_criterion_output.txt", format: "libtest", series: 4),
    Sample(
      file: "criterion/Fibonacci_Iterative_base_benchmark.json", reason: "format not recognized"),
    Sample(
      file: "criterion/Fibonacci_Iterative_base_estimates.json", reason: "format not recognized"),
    Sample(file: "criterion/Fibonacci_Iterative_base_raw.csv", format: "criterion-csv", series: 1),
    Sample(file: "criterion/Fibonacci_Iterative_base_sample.json", reason: "format not recognized"),
    Sample(file: "criterion/Fibonacci_Iterative_base_tukey.json", reason: "format not recognized"),
    Sample(
      file: "criterion/Fibonacci_Iterative_change_estimates.json", reason: "format not recognized"),
    Sample(
      file: "criterion/Fibonacci_Iterative_new_benchmark.json", reason: "format not recognized"),
    Sample(
      file: "criterion/Fibonacci_Iterative_new_estimates.json", reason: "format not recognized"),
    Sample(file: "criterion/Fibonacci_Iterative_new_raw.csv", format: "criterion-csv", series: 1),
    Sample(file: "criterion/Fibonacci_Iterative_new_sample.json", reason: "format not recognized"),
    Sample(file: "criterion/Fibonacci_Iterative_new_tukey.json", reason: "format not recognized"),
    Sample(
      file: "github-action-benchmark/customBiggerIsBetter_output.json", format: "gab", series: 2),
    Sample(
      file: "github-action-benchmark/customSmallerIsBetter_output.json", format: "gab", series: 2),
    Sample(file: "github-action-benchmark/issue16_output.txt", format: "catch2-console", series: 2),
    Sample(file: "go-bench/bencher_five.txt", format: "go", series: 5),
    Sample(file: "go-bench/bencher_three.txt", format: "go", series: 4),
    Sample(file: "go-bench/benchstat_issue19565.txt", format: "go", series: 4),
    Sample(file: "go-bench/benchstat_issue19634.txt", format: "go", series: 2),
    Sample(file: "go-bench/benchstat_old.txt", format: "go", series: 2),
    Sample(file: "go-bench/benchstat_smallSample.txt", format: "go", series: 2),
    Sample(file: "go-bench/benchstat_zero.txt", format: "go", series: 20),
    Sample(file: "go-bench/gab_go_fiber_output.txt", format: "go", series: 18),
    Sample(file: "go-bench/gab_go_single_package_output.txt", format: "go", series: 2),
    Sample(file: "go-bench/suffixarray.bench", format: "go", series: 168),
    Sample(file: "google-benchmark/bencher_two.json", format: "google-benchmark", series: 4),
    Sample(
      file: "google-benchmark/gab_googlecpp_output.json", format: "google-benchmark", series: 4),
    Sample(file: "google-benchmark/local_console.txt", reason: "format not recognized"),
    Sample(
      file: "google-benchmark/upstream_test1_run1.json", format: "google-benchmark", series: 28),
    Sample(
      file: "google-benchmark/upstream_test1_run2.json", format: "google-benchmark", series: 28),
    Sample(
      file: "google-benchmark/upstream_test3_run1.json", format: "google-benchmark", series: 8),
    Sample(file: "google-benchmark/upstream_test4_run.json", reason: "format not recognized"),
    Sample(
      file: "google-benchmark/upstream_test4_run1.json", reason: "holds only aggregates, no sample"),
    Sample(
      file: "google-benchmark/upstream_test5_run1.json", format: "google-benchmark", series: 2),
    Sample(file: "gungraun/bencher_dhat-then-callgrind.txt", format: "gungraun", series: 28),
    Sample(
      file: "gungraun/bencher_json_one_callgrind_all_metrics.txt", format: "gungraun", series: 37),
    Sample(file: "gungraun/bencher_json_one_dhat_all_metrics.txt", format: "gungraun", series: 13),
    Sample(file: "gungraun/bencher_with-ge.txt", format: "gungraun", series: 14),
    Sample(file: "hyperfine/bencher_two.json", format: "hyperfine", series: 2),
    Sample(file: "hyperfine/local_1.15_basic.csv", format: "hyperfine-csv", series: 6),
    Sample(file: "hyperfine/local_1.15_basic.json", format: "hyperfine", series: 2),
    Sample(file: "hyperfine/local_1.15_basic.md.txt", reason: "format not recognized"),
    Sample(
      file: "hyperfine/local_1.15_single_run_null_stddev.json", format: "hyperfine", series: 1),
    Sample(file: "jmh/bencher_six.json", format: "jmh", series: 6),
    Sample(file: "jmh/bencher_throughput.json", format: "jmh", series: 1),
    Sample(file: "jmh/gab_jmh_output.json", format: "jmh", series: 1),
    Sample(file: "jmh/upstream_output-golden.json", format: "jmh", series: 19),
    Sample(file: "julia-benchmarktools/gab_output.json", format: "julia", series: 6),
    Sample(file: "k6/handleSummary_data.json", format: "k6", series: 9),
    Sample(file: "llm-usage/anthropic_message.json", format: "anthropic", series: 6),
    Sample(file: "llm-usage/anthropic_stream_b_fallback.sse.txt", format: "anthropic", series: 7),
    Sample(file: "package-benchmark/influx_excerpt.csv", reason: "format not recognized"),
    Sample(
      file: "package-benchmark/swift-nio_malloc_thresholds_6.3.json",
      reason: "format not recognized"),
    Sample(
      file: "package-benchmark/thresholds_P90AbsoluteThresholdsBenchmark.P90Date.p90.json",
      format: "package-bench", series: 2),
    Sample(file: "pyperf/doc_outliers.json.gz", format: "pyperf", series: 2),
    Sample(file: "pyperf/doc_timeit_strip.json.gz", format: "pyperf", series: 2),
    Sample(file: "pyperf/mult_list_py36_tags.json", format: "pyperf", series: 6),
    Sample(file: "pyperf/mult_list_py37.json", format: "pyperf", series: 6),
    Sample(file: "pyperf/mult_list_py38.json", format: "pyperf", series: 6),
    Sample(file: "pyperf/telco.json", format: "pyperf", series: 2),
    Sample(
      file: "pytest-benchmark/bencher_two.json",
      reason: "field 'benchmarks[0].stats.data[4]': expected a number, found a string"),
    Sample(
      file: "pytest-benchmark/gab_pytest_output.json",
      reason: "field 'benchmarks[0].stats.data[4]': expected a number, found a string"),
    Sample(
      file: "pytest-benchmark/upstream_storage_0001.json", format: "pytest-benchmark", series: 1),
    Sample(
      file: "pytest-benchmark/upstream_storage_0002.json", format: "pytest-benchmark", series: 1),
    Sample(file: "vitest-bench/bencher_four.json", format: "vitest", series: 4),
    Sample(
      file: "xctest/macos_specificationkit_excerpt.txt", format: "xctest", series: 21, failures: 1),
  ]
}
