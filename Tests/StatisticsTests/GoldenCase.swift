import Foundation
import Statistics

/// A known answer, computed with exact rational arithmetic over all ways to deal out the values.
struct GoldenCase: Decodable, Sendable {
  let kind: String
  let old: [Double]
  let new: [Double]
  let u: Double
  let less: Double
  let greater: Double
  let twoSided: Double
  /// The two-sided p of the normal approximation; nil where it is undefined.
  let approximated: Double?
  let ratio: Double
  let interval95: [Double?]
  let interval99: [Double?]

  private enum CodingKeys: String, CodingKey {
    case kind
    case old = "x"
    case new = "y"
    case u = "U_y"
    case less = "p_less"
    case greater = "p_greater"
    case twoSided = "p_two_doubled"
    case approximated = "p_two_normal_tie_cc"
    case ratio = "hl_ratio"
    case interval95 = "hl_ci_0.05"
    case interval99 = "hl_ci_0.01"
  }

  static func all(in file: URL) throws -> [GoldenCase] {
    try JSONDecoder().decode([GoldenCase].self, from: Data(contentsOf: file))
  }
}

/// Where the known answers are.
enum GoldenFile {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()

  /// A varied part of them, which is always at hand.
  static let fixture = folder.appending(path: "Fixtures/mann-whitney.json")

  /// All of them, in the material that lies beside the package.
  static let shared = folder.appending(path: "../../../shared/golden/mann-whitney.json")
    .standardizedFileURL

  static let hasShared = FileManager.default.fileExists(atPath: shared.path)
}
