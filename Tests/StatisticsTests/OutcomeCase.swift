import Foundation
import Statistics

/// A known answer of the test and the interval of outcomes.
struct OutcomeCase: Decodable, Sendable {
  let name: String
  /// The outcomes of the attempts at each task, 0 or 1.
  let old: [[Int]]
  let new: [[Int]]
  let less: Double
  let greater: Double
  let twoSided: Double
  /// The estimate and the two ends of its interval.
  let interval: [Double]
  let effective: [Double]?

  private enum CodingKeys: String, CodingKey {
    case name, old, new, interval
    case less = "p_less"
    case greater = "p_greater"
    case twoSided = "p_two"
    case effective = "effective_attempts"
  }

  private struct File: Decodable {
    let cases: [OutcomeCase]
  }

  static var all: [OutcomeCase] {
    get throws { try JSONDecoder().decode(File.self, from: Data(contentsOf: shared)).cases }
  }

  private static let shared = GoldenFile.shared.deletingLastPathComponent()
    .appending(path: "outcomes.json")

  static let hasShared = FileManager.default.fileExists(atPath: shared.path)

  var tasks: [TaskAttempts] { zip(old, new).map { TaskAttempts($0, $1) } }
}

extension TaskAttempts {
  init(_ old: [Int], _ new: [Int]) { self.init(old: Side(old), new: Side(new)) }

  /// Attempts as numbers: `TaskAttempts((2, 3), (3, 3))` for 2 of 3 and 3 of 3.
  init(_ old: (solved: Int, all: Int), _ new: (solved: Int, all: Int)) {
    self.init(
      old: Side(solved: old.solved, of: old.all), new: Side(solved: new.solved, of: new.all))
  }
}

extension TaskAttempts.Side {
  fileprivate init(_ outcomes: [Int]) {
    self.init(solved: outcomes.reduce(0, +), of: outcomes.count)
  }
}
