/// The fitness of a machine for measuring at this moment.
///
/// A value that could not be read is nil, and nothing is claimed about it.
package struct Conditions: Hashable, Sendable {
  package var load: Load?
  package var governor: Governor?
  package var clock: Clock?
  package var turbo: Turbo?
  package var power: PowerSupply?
  package var virtualization: Virtualization?
  package var limit: CPULimit?
  package var memory: FreeMemory?
  /// The percentage of the last ten seconds in which some program waited for a processor.
  package var pressure: Double?
  package var times: ProcessorTimes?
  /// True if the system should have `/proc` and it is missing.
  package var isBlind = false

  package init() {}
}

extension Conditions {
  /// One condition that was read.
  package struct ConditionReading: Hashable, Sendable {
    package let topic: String
    /// The value; nil if it could not be read.
    package let value: String?
    package let concern: PreflightWarning?
  }

  package var sights: [ConditionReading] {
    [
      ConditionReading(topic: "load average", value: load?.description, concern: load?.concern),
      ConditionReading(
        topic: "CPU governor", value: governor?.description, concern: governor?.concern),
      ConditionReading(topic: "CPU clock", value: clock?.description, concern: nil),
      ConditionReading(topic: "turbo", value: turbo?.description, concern: turbo?.concern),
      ConditionReading(topic: "power", value: power?.description, concern: power?.concern),
      ConditionReading(
        topic: "virtual machine", value: virtualization?.description,
        concern: virtualization?.concern),
      ConditionReading(topic: "CPU limit", value: limit?.description, concern: limit?.concern),
      ConditionReading(topic: "free memory", value: memory?.description, concern: memory?.concern),
    ]
      + (isBlind
        ? [ConditionReading(topic: "/proc", value: "missing", concern: Self.blindness)] : [])
  }

  private static let blindness = PreflightWarning(
    .warning, "no /proc here",
    because: "load, free memory and limits are not known, peak memory may seem larger, and what a "
      + "launch leaves behind in another process group is not ended",
    advice: "mount it where commands are measured")

  package var concerns: [PreflightWarning] { sights.compactMap(\.concern) }
}
