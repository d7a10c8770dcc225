/// How much memory programs can still have.
package struct FreeMemory: Hashable, Sendable {
  /// In bytes, without swapping.
  let available: Int64
  /// In bytes.
  let total: Int64

  package init(available: Int64, total: Int64) {
    self.available = available
    self.total = total
  }

  /// From `/proc/meminfo`, whose numbers are KiB.
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

  /// A twentieth: about there the kernel begins to take memory back from programs.
  var concern: PreflightWarning? {
    guard available < total / 20 else { return nil }
    return PreflightWarning(
      .warning, "free memory: \(self)",
      because: "what does not fit is written to disk and read again",
      advice: "end other programs, or measure on a larger machine")
  }
}
