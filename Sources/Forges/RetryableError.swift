package import CommandLine

/// The error of an attempt after which another one may succeed.
package struct RetryableError: Error {
  package let diagnostic: Diagnostic
  /// The time that the server asks to wait; nil if it names none.
  package let wait: Duration?
}

extension Answer {
  /// The error for an answer that is no success.
  ///
  /// - Parameters:
  ///   - label: The subject of the request.
  ///   - now: The current time in seconds since the beginning of 1970.
  func error(of forge: ForgeRepository, about label: String, now: Double) -> any Error {
    let diagnostic = diagnostic(forge, label)
    return isPassing ? RetryableError(diagnostic: diagnostic, wait: wait(now)) : diagnostic
  }

  /// True if there were too many requests, or if the server itself has a problem.
  private var isPassing: Bool {
    status == 429 || status == 408 || status >= 500
      || status == 403 && (headers["retry-after"] != nil || isExhausted)
  }

  private var isExhausted: Bool { headers["x-ratelimit-remaining"] == "0" }

  private func wait(_ now: Double) -> Duration? {
    if let seconds = headers["retry-after"].flatMap(Int.init) { return .seconds(max(0, seconds)) }
    guard isExhausted, let reset = headers["x-ratelimit-reset"].flatMap(Double.init),
      reset.magnitude < 1e12
    else { return nil }
    return .seconds(max(0, Int((reset - now).rounded(.up))))
  }

  private func diagnostic(_ forge: ForgeRepository, _ label: String) -> Diagnostic {
    let words = forge.token.removed(from: String(decoding: body.prefix(2000), as: UTF8.self))
    let (message, hint) = reason(forge, label, isLocked: words.contains("locked"))
    return Diagnostic(.failure, message, hint: hint, details: words.isEmpty ? [] : [words])
  }

  private func reason(
    _ forge: ForgeRepository, _ label: String, isLocked: Bool
  ) -> (message: String, hint: String) {
    switch status {
    case 300..<400:
      (
        "'\(forge.repository)' is elsewhere now",
        "name it as it is called by now, with --repository, and its server with --api"
      )
    case 401:
      (
        "the server does not know the token in \(forge.token.variable)",
        "see that it is one of this server, and has not expired"
      )
    case 403 where isPassing:
      (
        "the server has no more answers for the token in \(forge.token.variable) for now",
        "it is asked too often: try again later"
      )
    case 403 where isLocked: ("the \(label) is locked", "unlock it, or read the report's own file")
    case 403:
      (
        "the token in \(forge.token.variable) may not write to the \(label)",
        "give it the permission to write comments (`pull-requests: write` on GitHub, api on GitLab); "
          + "the token of a fork's pipeline never has it: a second pipeline that runs for the "
          + "repository itself can, as on GitHub one on `workflow_run`"
      )
    case 404:
      (
        "there is no \(label)",
        "see that repository and number are right, and that the token may read them"
      )
    case 409: ("somebody else is changing the \(label)", "try again")
    case 410, 423: ("the \(label) is closed or locked", "read the report's own file")
    case 400, 413, 422:
      (
        "the server does not take the comment of the \(label)",
        "its own words say why: it may be too long there, or the \(forge.service.request) closed "
          + "or locked"
      )
    case 408, 429, 500...:
      (
        "the server is too busy, or out of order (status \(status))",
        "the gate has judged already, and this changes nothing of it: try again later"
      )
    default:
      ("the server answers with status \(status)", "see that --api is the address of its API")
    }
  }
}
