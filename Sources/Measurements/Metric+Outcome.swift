extension Metric {
  /// The outcome of a launch: 1 if it has solved its task, else 0.
  package static let success = Metric("success", .one, better: .higher, isOutcome: true)
  /// The number of launches that a round took.
  package static let attempts = Metric("attempts", .one)
  /// 1 for a round that failed for a reason outside the program, else 0. It has a limit of its own when
  /// it is recorded, and is never a regression.
  package static let infrastructureFailures = Metric("infrastructure_failures", .one)
}

/// Metrics that say whether a task was solved, and metrics of what it cost.
extension Metric {
  /// The metric as an outcome. To solve more is better, so the direction is known.
  package var asOutcome: Metric {
    Metric(name, unit, better: .higher, exact: exact, isOutcome: true)
  }

  /// The metric without the statement that it is an outcome.
  package var withoutOutcome: Metric {
    Metric(name, unit, better: better, exact: exact, isGuessed: isGuessed)
  }

  /// True for money and for tokens: what several attempts cost together is their sum.
  package var isAmount: Bool {
    unit.isOfMoney
      || unit == .one && name.split { !$0.isLetter }.contains { $0 == "token" || $0 == "tokens" }
  }
}

extension Unit {
  /// True for a currency by its code of three capital letters (ISO 4217).
  package var isOfMoney: Bool {
    symbol.utf8.count == 3
      && symbol.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
  }
}

extension Series {
  /// The series as one of outcomes; nil if a value is neither 0 nor 1.
  package var asOutcome: Series? {
    rounds.areOutcomes ? measuring(metric.asOutcome) : nil
  }

  /// The series, as one of outcomes if a program that knows nothing of them surely means that: its
  /// metric is named `success`, has no unit, is better higher, and has only the values 0 and 1.
  ///
  /// This is the only rule by which an import is an outcome without a word in `.perfconfig`.
  package var recognized: Series {
    guard metric.name == "success", metric.unit == .one, metric.better == .higher,
      !metric.isGuessed
    else { return self }
    return asOutcome ?? self
  }
}

extension [Round] {
  /// True if every value is 0 or 1.
  package var areOutcomes: Bool {
    allSatisfy { $0.samples.allSatisfy { $0 == 0 || $0 == 1 } }
  }
}
