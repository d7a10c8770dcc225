/// Collects the failures that `go test` reports, each with the first line that says why.
struct GoFailures {
  private(set) var all: [Item] = []
  /// The index in ``all`` of the first failure of this process.
  private var start = 0
  /// True if the test binary printed `FAIL` and the go command has not yet named its package.
  private var unnamed = false
  /// The last line that reports a crash.
  private var crash: String?

  struct Item {
    /// The benchmark or test with its prefix, as printed; nil for a package as a whole.
    let subject: Substring?
    let config: [String: String]
    var reason: String
  }

  mutating func begin(_ subject: Substring, config: [String: String], reason: String = "") {
    all.append(Item(subject: subject, config: config, reason: reason))
  }

  /// Reads a line of output. The first line after a failed name is its reason.
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

  /// Adds a failure for a `FAIL` that nothing explains.
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
