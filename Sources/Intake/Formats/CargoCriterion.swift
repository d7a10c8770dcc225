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
private func readCargoCriterion(_ input: Input) throws(IntakeError) -> Reading {
  var harvest = Harvest(input, as: "cargo-criterion")
  for line in try input.jsonLines() {
    let message = line.root
    let reason = try message.member("reason").string()
    guard reason == "benchmark-complete" else {
      harvest.skip("message '\(reason)'", at: line.place(message))
      continue
    }
    let id = try message.member("id").string()
    let sample = CriterionSample(
      name: id, totals: try message.member("measured_values").numbers(),
      iterations: try message.member("iteration_count").numbers(),
      unit: try message.member("unit").string())
    try harvest.add(sample, at: line.place(try message.member("measured_values")))
  }
  return harvest.reading()
}
