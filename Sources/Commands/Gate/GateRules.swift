import CommandLine
import Verdicts

/// A combination of perf-gate's options that is refused, with the message for it.
private struct GateRule: Sendable {
  let isBroken: @Sendable (GateSettings) -> Bool
  let message: String
  var hint: String?

  static let all: [GateRule] = [
    GateRule(
      isBroken: { $0.accept == nil && ($0.reason != nil && $0.unmark == nil) },
      message: "--reason goes with --accept and --unmark"),
    GateRule(
      isBroken: { $0.accept == nil && ($0.expires != nil || $0.ceiling != nil) },
      message: "--expires and --ceiling go with --accept"),
    GateRule(
      isBroken: { $0.accept != nil && $0.reason == nil }, message: "--accept needs a reason",
      hint: "say why with `--reason <text>`"),
    GateRule(
      isBroken: { $0.measure && ($0.noBaseline || $0.accept != nil || $0.nullCheck) },
      message: "--measure goes with neither --no-baseline nor --accept nor --null-check"),
    GateRule(
      isBroken: {
        !$0.measure && ($0.timeLimit != nil || $0.keepBuilds || $0.keepOutput != nil)
      },
      message: "--time-limit, --keep-builds and --keep-output go with --measure",
      hint: "otherwise what was recorded is judged, and nothing is launched"),
    GateRule(
      isBroken: { $0.noBaseline && $0.against != nil },
      message: "--against and --no-baseline exclude each other"),
    GateRule(
      isBroken: { $0.modes > 1 },
      message: "--accept, --explain, --null-check, --plan, --marks and --unmark exclude each other"),
    GateRule(
      isBroken: {
        $0.nullCheck
          && ($0.against != nil || $0.anchor != nil || $0.strict != nil
            || $0.noBaseline)
      },
      message: "--null-check compares a commit with itself",
      hint: "leave --against, --anchor, --strict and --no-baseline out"),
    GateRule(
      isBroken: { $0.marks && $0.modes > 0 },
      message:
        "--mark goes with none of --accept, --explain, --null-check, --plan, --marks and --unmark"),
    GateRule(
      isBroken: {
        ($0.nullCheck || $0.plan || $0.explain != nil || $0.listsMarks || $0.unmark != nil)
          && !$0.comparing.reports.isEmpty
      },
      message: "--report goes with none of --explain, --null-check, --plan, --marks and --unmark"),
  ]
}

extension GateSettings {
  /// The number of options that ask for something else than a judgement.
  fileprivate var modes: Int {
    [accept != nil, nullCheck, explain != nil, plan, listsMarks, unmark != nil].count { $0 }
  }
}

extension CommandContext where Settings == GateSettings {
  /// Checks that the options and operands go together.
  ///
  /// - Throws: ``UsageError`` if they do not.
  func checkUsage() throws {
    if operands.count > 1 {
      throw UsageError.unexpected(operands[1], hint: "one revision or file is judged at a time")
    }
    for rule in GateRule.all where rule.isBroken(settings) {
      throw UsageError(rule.message, hint: rule.hint)
    }
  }
}
