import Measurements

extension Format {
  package static let cargoCriterion = Format(
    name: "cargo-criterion", summary: "`cargo criterion --message-format json`",
    carries: .samples, recognizes: recognizesCargoCriterion, read: readCargoCriterion)
}

@Sendable
private func recognizesCargoCriterion(_ input: Input) -> Bool {
  input.outline?.has("reason", "id", "measured_values", "iteration_count") ?? false
}

/// One message per line; those of cargo itself may stand between them.
///
/// https://bheisler.github.io/criterion.rs/book/cargo_criterion/external_tools.html
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
