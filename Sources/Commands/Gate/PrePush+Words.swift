import CommandLine
import Git
import Measurements
import Reports
import Verdicts

/// Messages of the pre-push hook.
extension PrePush {
  /// Prints all findings, the outcome on the last line: `git push` itself says only that it failed.
  func conclude(_ findings: [PushedCommitResult]) throws -> ExitStatus {
    allow(findings)
    try pass(findings)
    for finding in findings where finding.status != .success { try refuse(finding) }
    for finding in findings { tellLoosened(finding) }
    let status = ExitStatus.mostUrgent(findings.map(\.status))
    guard status != .success else { return status }
    call.err.line("hint: `PERF_GATE=off git push` pushes all the same")
    let words = findings.first { $0.status == status }?.words ?? status.words
    speak("push refused: \(words)")
    return status
  }

  /// Prints the findings that refuse nothing. The hint for commits without a result is printed
  /// once, as many old tags may be pushed together.
  private func allow(_ findings: [PushedCommitResult]) {
    var without: [String] = []
    var before: [String: [String]] = [:]
    var hint: String?
    for finding in findings {
      let names = finding.parcel.names
      switch finding.result {
      case .judgedBefore(let why): before[why, default: []] += names
      case .otherMachines(let machines): tell(names, machines, finding.parcel.base)
      case .withoutResult(let why, nil) where findings.count > 1:
        without += names
        hint = why.hint
      case .withoutResult(let why, let nearest):
        speak("\(names.listed): not judged: \(why.message.visible())", hint: why.hint)
        if let nearest { speak("\(names.listed): \(nearest)") }
      case .judged, .failed: break
      }
    }
    for (why, names) in before.sorted(by: { $0.key < $1.key }) {
      speak("\(names.listed): not judged again: \(why)")
    }
    if !without.isEmpty { speak("\(without.listed): not judged: no result", hint: hint) }
  }

  /// Prints that there was no baseline of this machine, and that nothing broke its budget.
  private func tell(_ names: [String], _ machines: Judged.WithoutMachine, _ base: Base?) {
    speak(
      Sentence.otherMachines(
        names.listed, base: base?.name ?? "the base",
        machines: machines.others.map(Sentence.Machine.init),
        here: machines.here?.cpu ?? "one that is not named",
        commit: String(machines.first.id.short.prefix(7))))
  }

  /// Prints one line for all commits with the same result.
  private func pass(_ findings: [PushedCommitResult]) throws {
    var names: [String: [String]] = [:]
    var summaries: [String] = []
    var warned: Set<String> = []
    for finding in findings where finding.status == .success {
      guard case .judged(let report) = finding.result else { continue }
      if call.settings.common.verbosity == .verbose { try call.publish(report) }
      for warning in report.allWarnings.grouped where warned.insert(warning).inserted {
        call.warn(warning)
      }
      let summary = "\(ExitStatus.words(for: report)): \(report.summary)"
      if names[summary] == nil { summaries.append(summary) }
      names[summary, default: []] += finding.parcel.names
      for sentence in report.sentences + report.budgetWarnings
      where warned.insert(sentence).inserted { speak(sentence) }
    }
    guard call.settings.common.verbosity != .quiet else { return }
    for summary in summaries {
      speak("\(names[summary, default: []].listed): \(summary)")
    }
  }

  private func refuse(_ finding: PushedCommitResult) throws {
    let label = finding.parcel.names.listed
    switch finding.result {
    case .failed(let why):
      call.say(why, as: .error)
      speak("\(label): \(why.status.words)")
    case .judged(let report):
      try call.publish(report)
      speak("\(label): \(finding.words): \(report.summary)")
    case .withoutResult, .otherMachines: speak("\(label): \(finding.words)")
    case .judgedBefore: break
    }
  }

  private func tellLoosened(_ finding: PushedCommitResult) {
    let names = finding.parcel.names.listed
    for loosening in finding.loosened {
      let words = loosening.words.visible()
      speak("\(names): loosens \(words)")
    }
    for words in finding.apart { speak("\(names): \(words.visible())") }
  }

  func speak(_ text: String, hint: String? = nil) {
    call.err.line("perf-gate: \(text)")
    if let hint { call.err.line("hint: \(hint)") }
  }
}

extension Sentence.Machine {
  fileprivate init(_ machine: Environment) {
    let labels = machine.labels.sorted { $0.key < $1.key }.map(\.value).filter { !$0.isEmpty }
    self.init(cpu: machine.cpu, label: labels.isEmpty ? nil : labels.joined(separator: ", "))
  }
}

extension Report {
  /// Sentences that belong above the verdict.
  fileprivate var sentences: [String] { told + parts.flatMap(\.told) }
}

extension [String] {
  /// The first five strings, and the number of the others.
  var listed: String {
    let shown = prefix(5).joined(separator: ", ").visible(limit: 300)
    return count > 5 ? "\(shown) and \(count - 5) more" : shown
  }
}

extension Report {
  /// The ways in which the baselines of the parts were found.
  fileprivate var origins: String {
    Set(parts.map { $0.origin.explanation.visible() }).sorted().joined(separator: "; ")
  }
}
