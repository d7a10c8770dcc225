import CommandLine
import Measurements

/// A condition of `--where`: fields of a row are compared with amounts, and all have to hold.
struct RowCondition: Sendable {
  /// The figures of a row that conditions can name.
  enum Field: String, CaseIterable, Sendable {
    case median, min, max, p95, n, change, success, cost, age
  }

  struct Term: Sendable {
    let field: Field
    let comparison: Comparison
    let limit: Quantity
  }

  enum Comparison: String, CaseIterable, Sendable {
    case below = "<"
    case atMost = "<="
    case above = ">"
    case atLeast = ">="
    case equal = "="
    case different = "!="

    func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .below: value < limit
      case .atMost: value <= limit
      case .above: value > limit
      case .atLeast: value >= limit
      case .equal: value == limit
      case .different: value != limit
      }
    }
  }

  let terms: [Term]
  /// The text as it was typed.
  let description: String

  init(_ text: String) throws(UsageError) {
    description = text
    guard text.contains(where: { !$0.isWhitespace }) else { throw UsageError("it is empty") }
    var terms: [Term] = []
    for part in text.split(separator: " and ", omittingEmptySubsequences: false) {
      terms.append(try Self.term(part))
    }
    self.terms = terms
  }

  private static func term(_ text: Substring) throws(UsageError) -> Term {
    let text = text.filter { !$0.isWhitespace }
    guard !text.isEmpty, !text.hasSuffix("and") else {
      throw UsageError("something is missing beside 'and'", hint: "write 'median > 3s and n >= 10'")
    }
    let name = text.prefix { $0.isLetter || $0.isNumber }
    guard let field = Field(rawValue: String(name)) else {
      let all = Field.allCases.map(\.rawValue)
      throw UsageError(
        "'\(name)' is no field: \(all.joined(separator: ", "))",
        hint: Suggestion.hint(for: String(name), among: all))
    }
    let rest = text.dropFirst(name.count)
    let sign = rest.prefix { "<>=!".contains($0) }
    guard let comparison = Comparison(rawValue: sign == "==" ? "=" : String(sign)) else {
      throw UsageError(
        "no comparison after '\(name)'", hint: "write it as in 'median > 3s and n >= 10'")
    }
    let amount = String(rest.dropFirst(sign.count))
    guard let limit = Self.age(amount, field) ?? Quantity(amount) else {
      throw UsageError("'\(amount)' is no amount", hint: "write 3s, 512MiB, 95%, $0.20 or 1000")
    }
    return Term(field: field, comparison: comparison, limit: limit)
  }

  /// An age in days, which is no unit elsewhere: `7d`.
  private static func age(_ text: String, _ field: Field) -> Quantity? {
    guard field == .age, text.hasSuffix("d"), let days = Double(text.dropLast()) else { return nil }
    return Quantity("\(days * 24)h")
  }
}

extension Argument where Value == RowCondition {
  static var condition: Argument<RowCondition> {
    Argument("<condition>") { text throws(UsageError) in try RowCondition(text) }
  }
}

/// The figures of a row, in base units; ages in nanoseconds, success and change as parts of 1.
struct RowFigures {
  var unit = Unit.one
  var values: [RowCondition.Field: Double] = [:]

  /// The unit of a field.
  private func unit(of field: RowCondition.Field) -> Unit {
    switch field {
    case .median, .min, .max, .p95: unit
    case .n, .change, .success: .one
    case .cost: .dollars
    case .age: .nanoseconds
    }
  }

  /// True if all conditions hold. A row without a figure that one of them names is left out.
  ///
  /// A row in another unit than an amount is left out, too. A number without a unit is in the figure's
  /// own.
  func fulfil(_ conditions: [RowCondition]) -> Bool {
    for condition in conditions {
      for term in condition.terms {
        guard let value = values[term.field] else { return false }
        let own = unit(of: term.field)
        let isPlain = term.limit.unit == .one && !term.limit.description.contains("%")
        guard term.limit.unit == own || isPlain else { return false }
        guard term.comparison.holds(value, term.limit.value) else { return false }
      }
    }
    return true
  }
}

extension [RowCondition] {
  /// Checks that each amount is in a unit that rows may have.
  ///
  /// - Parameter units: The units of all metrics that are looked at.
  func check(against units: Set<Unit>) throws(UsageError) {
    for term in flatMap(\.terms) {
      let own: Set<Unit> =
        switch term.field {
        case .median, .min, .max, .p95: units
        case .n, .change, .success: [.one]
        case .cost: [.dollars]
        case .age: [.nanoseconds]
        }
      let isPlain = term.limit.unit == .one && !term.limit.description.contains("%")
      guard !isPlain, !own.isEmpty, !own.contains(term.limit.unit) else { continue }
      let all = own.map(\.symbol).sorted().prefix(4).joined(separator: ", ")
      throw UsageError(
        "'\(term.field.rawValue)' is in \(all.visible()), and \(term.limit.description) is not",
        hint: "write an amount in that unit, or the number alone")
    }
  }
}
