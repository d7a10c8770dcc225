/// The memory that is available to programs.
package struct FreeMemory: Hashable, Sendable {
  /// The memory that is available without swapping, in bytes.
  let available: Int64
  /// The whole memory, in bytes.
  let total: Int64

  package init(available: Int64, total: Int64) {
    self.available = available
    self.total = total
  }

  /// Reads `/proc/meminfo`, whose numbers are in KiB.
  init?(meminfo text: String) {
    func bytes(_ name: String) -> Int64? {
      let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      let number = line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }
      return number.flatMap { $0 < 1 << 50 ? $0 * 1024 : nil }
    }
    guard let available = bytes("MemAvailable"), let total = bytes("MemTotal"), total > 0 else {
      return nil
    }
    self.init(available: available, total: total)
  }
}

extension FreeMemory: CustomStringConvertible {
  package var description: String { "\(available >> 20) of \(total >> 20) MiB" }

  /// A warning if less than a twentieth is available. At about that point, the kernel begins to
  /// take memory back from programs.
  var concern: PreflightWarning? {
    guard available < total / 20 else { return nil }
    return PreflightWarning(
      .warning, "free memory: \(self)",
      because: "what does not fit is written to disk and read again",
      advice: "end other programs, or measure on a larger machine")
  }
}
