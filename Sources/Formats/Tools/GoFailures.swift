/// Collects what `go test` reports as failed, each with the first line that says why.
struct GoFailures {
  private(set) var all: [Item] = []
  /// Where this process began in ``all``.
  private var start = 0
  /// Whether the test binary said `FAIL` and the go command has not yet named its package.
  private var unnamed = false
  /// The last line that tells of a crash.
  private var crash: String?

  struct Item {
    /// With its prefix, as printed; nil for a package as a whole.
    let subject: Substring?
    let config: [String: String]
    var reason: String
  }

  mutating func begin(_ subject: Substring, config: [String: String], reason: String = "") {
    all.append(Item(subject: subject, config: config, reason: reason))
  }

  /// Takes a line of output: the first one after a failed name is its reason.
  mutating func note(_ text: Substring) {
    let line = text.shortened(to: 200)
    guard !line.isEmpty else { return }
    if ["panic:", "fatal error:", "signal:"].contains(where: line.hasPrefix) { crash = line }
    guard all.count > start, all[all.count - 1].reason.isEmpty else { return }
    all[all.count - 1].reason = line
  }

  mutating func end(_ end: GoEnd) {
    guard end.failed else { return reset() }
    guard let package = end.package else { return unnamed = true }
    if all.count == start {
      let reason = crash ?? end.detail
      all.append(
        Item(subject: nil, config: [:], reason: "package \(package) failed: \(reason)"))
    }
    reset()
  }

  /// A `FAIL` that nothing explains is a failure all the same.
  mutating func finish() {
    guard unnamed, all.isEmpty else { return }
    all.append(Item(subject: nil, config: [:], reason: crash ?? "go test reports FAIL"))
  }

  private mutating func reset() {
    start = all.count
    unnamed = false
    crash = nil
  }
}
