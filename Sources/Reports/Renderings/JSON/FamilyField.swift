import Measurements
import Verdicts

/// The series that were tested together.
struct Family {
  /// The number of series.
  let size: Int
  let alpha: Double
  let correction: String

  init(size: Int, _ policy: Policy) {
    (self.size, alpha, correction) = (size, policy.alpha, policy.correctionName)
  }
}

/// The fields of a family, and the members that describe what was judged together.
enum FamilyField {
  static let size = Field<Family, Int>("size", .count) { $0.size }
  static let alpha = Field<Family, Double>("alpha", .number) { $0.alpha }
  static let correction = Field<Family, String>("correction", .text) { $0.correction }

  private static let members = FieldTable(size, alpha, correction)

  static let family = Field<Family, Void>("family") { members.json($0) }
  /// The number of rows of each kind.
  static let counts = Field<[Verdict.Kind: Int], Void>("counts") { counts in
    .object(
      Dictionary(
        uniqueKeysWithValues: counts.map { ($0.key.rawValue, .integer(Int64($0.value))) }))
  }
}
