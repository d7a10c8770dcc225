import Measurements

extension Format {
  /// Messages of `cargo criterion --message-format json`.
  ///
  /// Definition: https://bheisler.github.io/criterion.rs/book/cargo_criterion/external_tools.html
  package static let cargoCriterion = Format(
    name: "cargo-criterion", summary: "`cargo criterion --message-format json`",
    carries: .samples, recognizes: recognizesCargoCriterion, read: readCargoCriterion)
}

@Sendable
private func recognizesCargoCriterion(_ input: Input) -> Bool {
  input.outline?.has("reason", "id", "measured_values", "iteration_count") ?? false
}

/// Reads one message per line. Messages of cargo itself may be between them.
@Sendable
private func readCargoCriterion(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "cargo-criterion")
  for line in try input.filledLines() {
    try builder.attempt { (builder) throws(InputError) in
      try builder.add(message: input.jsonNode(on: line))
    }
  }
  return builder.reading()
}

extension ResultBuilder {
  fileprivate mutating func add(message: JSONNode) throws(InputError) {
    let reason = try message.member("reason").string()
    guard reason == "benchmark-complete" else {
      return skip("message '\(reason)'", at: message.place)
    }
    let totals = try message.member("measured_values")
    let sample = CriterionSample(
      name: try message.member("id").string(), totals: try totals.numbers(),
      iterations: try message.member("iteration_count").numbers(),
      unit: try message.member("unit").string())
    try add(sample, at: totals.place)
  }
}
