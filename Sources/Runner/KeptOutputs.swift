import Formats
import Measurements
package import System

/// The places of the output of all failed launches of a benchmark.
package struct KeptOutputs: Sendable {
  package private(set) var latest: KeptOutput?
  private var kept: Several?
  private var lost: Several?

  /// The first and the latest of several outputs, because there may be many.
  private struct Several {
    let first: KeptOutput
    var latest: KeptOutput
    var count = 1
  }

  mutating func note(_ output: KeptOutput?) {
    guard let output else { return }
    latest = output
    switch output {
    case .files: Self.add(output, to: &kept)
    case .lost: Self.add(output, to: &lost)
    }
  }

  private static func add(_ output: KeptOutput, to several: inout Several?) {
    several?.latest = output
    several?.count += 1
    several = several ?? Several(first: output, latest: output)
  }

  func parseNotes(on benchmark: Benchmark) -> [ParseNote] {
    [kept, lost].compactMap(\.self).map { several in
      let launches = several.count == 1 ? "a launch" : "\(several.count) launches"
      return ParseNote(
        .warning,
        "the output of \(launches) of '\(benchmark)' that failed \(Self.words(for: several))")
    }
  }

  private static func words(for several: Several) -> String {
    switch (several.first, several.latest) {
    case (.files(let output, _), .files(_, let messages)) where several.count > 1:
      "is kept, from '\(output)' to '\(messages)'"
    case (.files(let output, let messages), _): "is kept in '\(output)' and '\(messages)'"
    case (.lost(let folder, let error), _): "could not be kept in '\(folder)': \(error)"
    }
  }
}
