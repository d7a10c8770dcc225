import Foundation
import Intake
import Testing

/// Real outputs of tools, which lie beside the package where it is developed.
private let samples = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "shared/samples").path

/// Which formats the files of a folder may be taken for; of a folder that is not named, none of them.
private let owners: [String: Set<String>] = [
  "xctest": ["xctest"], "vitest-bench": ["vitest"], "benchmarkjs": ["benchmarkjs"],
  "github-action-benchmark": ["gab"], "k6": ["k6"], "julia-benchmarktools": ["julia"],
]

private let formats: [Format] = [
  .xctest, .swiftTesting, .junit, .vitest, .benchmarkjs, .gab, .gabHistory, .bmf, .nyrkio, .otava,
  .k6, .k6Points, .julia, .csv, .ndjson,
]

@Suite(
  "Real outputs of test runners, load generators and histories",
  .enabled(
    if: FileManager.default.fileExists(atPath: samples),
    "the collection of real outputs, shared/samples, does not lie beside the package"))
struct SharedSamplesTests {
  @Test("no output of another tool is taken for one of these")
  func others() throws {
    for file in try FileManager.default.subpathsOfDirectory(atPath: samples) {
      let folder = file.split(separator: "/").first.map(String.init) ?? ""
      let input = try Input(path: "\(samples)/\(file)")
      let takers = Set(formats.filter { $0.recognizes(input) }.map(\.name))
      #expect(takers.isSubset(of: owners[folder] ?? []), "\(file): \(takers)")
    }
  }

  @Test(
    "real outputs are recognized and read",
    arguments: [
      "benchmarkjs/gab_output.txt": 3,
      "xctest/macos_specificationkit_excerpt.txt": 21,
    ])
  func counts(file: String, count: Int) throws {
    let input = try Input(path: "\(samples)/\(file)")
    #expect(try Format.detect(input).read(input).series.count == count)
  }
}
