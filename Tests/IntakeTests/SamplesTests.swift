import Foundation
import Intake
import Testing

/// Real outputs of tools, which lie beside the package where it is developed.
private let samples = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "shared/samples").path

@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: samples),
    "the collection of real outputs, shared/samples, does not lie beside the package"))
struct SamplesTests {
  /// How many series each holds, counted in the files.
  @Test(arguments: [
    "hyperfine/bencher_two.json": 2, "hyperfine/local_1.15_basic.json": 2,
    "hyperfine/local_1.15_single_run_null_stddev.json": 1,
    "go-bench/bencher_five.txt": 5, "go-bench/bencher_three.txt": 4,
    "go-bench/benchstat_issue19565.txt": 4, "go-bench/benchstat_issue19634.txt": 2,
    "go-bench/benchstat_old.txt": 2, "go-bench/benchstat_smallSample.txt": 2,
    "go-bench/benchstat_zero.txt": 20, "go-bench/gab_go_fiber_output.txt": 18,
    "go-bench/gab_go_single_package_output.txt": 2, "go-bench/suffixarray.bench": 168,
    "pyperf/doc_outliers.json.gz": 2, "pyperf/doc_timeit_strip.json.gz": 2,
    "pyperf/mult_list_py36_tags.json": 6, "pyperf/mult_list_py37.json": 6,
    "pyperf/mult_list_py38.json": 6, "pyperf/telco.json": 2,
    "pytest-benchmark/upstream_storage_0001.json": 1,
    "pytest-benchmark/upstream_storage_0002.json": 1,
    "jmh/bencher_six.json": 6, "jmh/bencher_throughput.json": 1, "jmh/gab_jmh_output.json": 1,
    "jmh/upstream_output-golden.json": 19, "benchmarkdotnet/bencher_null_namespace.json": 1,
    "benchmarkdotnet/bencher_two_more.json": 2, "benchmarkdotnet/gab_benchmarkdotnet.json": 2,
    "asv/v2_sgkit_fb22e016-conda-py3.8.json": 5, "asv/v2_sgkit_ff972a31-conda-py3.8.json": 6,
    "asv/v2_sgkit_ff976c5f-conda-py3.8.json": 2,
    "package-benchmark/thresholds_P90AbsoluteThresholdsBenchmark.P90Date.p90.json": 2,
  ]) func `real outputs are recognized and read`(file: String, count: Int) throws {
    let input = try Input(path: "\(samples)/\(file)")
    let reading = try Format.detect(input).read(input)
    #expect(reading.series.count == count)
    #expect(reading.failures.isEmpty)
  }

  @Test(arguments: ["local_1.15_basic.md.txt"])
  func `summaries without samples are not taken for another format`(file: String) throws {
    let input = try Input(path: "\(samples)/hyperfine/\(file)")
    #expect(throws: IntakeError.self) { try Format.detect(input) }
  }

  /// The folder of a format, where it is not called as the format is.
  private static let folders = ["go": "go-bench", "package-bench": "package-benchmark"]

  @Test func `no output of a tool is taken for that of another`() throws {
    for file in try FileManager.default.subpathsOfDirectory(atPath: samples) {
      let input = try Input(path: "\(samples)/\(file)")
      let takers = Format.all.filter { $0.recognizes(input) }.map(\.name)
      let strangers = takers.filter { !file.hasPrefix(Self.folders[$0, default: $0] + "/") }
      #expect(strangers.isEmpty, "\(file): \(strangers)")
    }
  }
}
