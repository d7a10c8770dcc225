import Reports

/// Words for users.
extension PrePush {
  /// Tells everything, the outcome on the last line: `git push` itself only says that it failed.
  func conclude(_ findings: [Finding]) throws -> ExitStatus {
    wave(findings.filter(\.isWaved))
    try pass(findings.filter { !$0.isWaved && $0.status == .success })
    for finding in findings where finding.status != .success { try refuse(finding) }
    let status = ExitStatus.mostUrgent(findings.map(\.status))
    guard status != .success else { return status }
    call.err.line("hint: `PERF_GATE=off git push` pushes all the same")
    let words = findings.first { $0.status == status }?.words ?? status.words
    speak("push refused: \(words)")
    return status
  }

  /// Says once what to do for all that have no result, as when many old tags are pushed.
  private func wave(_ findings: [Finding]) {
    var without: [String] = []
    var hint: String?
    for finding in findings {
      guard case .failure(let why) = finding.result else {
        try? speakOfBudgets(finding)
        continue
      }
      if why.isWithoutResult, findings.count > 1 {
        without += finding.parcel.names
        hint = why.hint
      } else {
        speak(
          "\(finding.parcel.names.listed): not judged: \(why.message.visible())", hint: why.hint)
      }
    }
    if !without.isEmpty { speak("\(without.listed): not judged: no result", hint: hint) }
  }

  /// There was no baseline, and nothing broke its budget.
  private func speakOfBudgets(_ finding: Finding) throws {
    let report = try finding.result.get()
    speak(
      "\(finding.parcel.names.listed): not compared: \(report.origins); "
        + report.summary)
  }

  /// One line for all that came out alike.
  private func pass(_ findings: [Finding]) throws {
    var names: [String: [String]] = [:]
    var summaries: [String] = []
    var warned: Set<String> = []
    for finding in findings {
      let report = try finding.result.get()
      if call.settings.common.verbosity == .verbose { try call.publish(report) }
      for warning in report.allWarnings.grouped where warned.insert(warning).inserted {
        call.warn(warning)
      }
      let summary = "\(ExitStatus.words(for: report)): \(report.summary)"
      if names[summary] == nil { summaries.append(summary) }
      names[summary, default: []] += finding.parcel.names
    }
    guard call.settings.common.verbosity != .quiet else { return }
    for summary in summaries {
      speak("\(names[summary, default: []].listed): \(summary)")
    }
  }

  private func refuse(_ finding: Finding) throws {
    let label = finding.parcel.names.listed
    switch finding.result {
    case .failure(let why):
      call.say(why, as: .error)
      speak("\(label): \(why.status.words)")
    case .success(let report):
      try call.publish(report)
      speak("\(label): \(finding.words): \(report.summary)")
    }
  }

  func speak(_ text: String, hint: String? = nil) {
    call.err.line("perf-gate: \(text)")
    if let hint { call.err.line("hint: \(hint)") }
  }
}

extension [String] {
  /// The first few, and how many there are besides.
  fileprivate var listed: String {
    let shown = prefix(5).joined(separator: ", ").visible(limit: 300)
    return count > 5 ? "\(shown) and \(count - 5) more" : shown
  }
}

extension Report {
  /// How the baselines of the parts were found.
  fileprivate var origins: String {
    Set(parts.map { $0.origin.explanation.visible() }).sorted().joined(separator: "; ")
  }
}
