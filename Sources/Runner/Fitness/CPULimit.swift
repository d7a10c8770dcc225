/// How much of the processors a container, or whoever started this process, lets it use.
package struct CPULimit: Hashable, Sendable {
  /// In processors, 1.5 for 150 ms of time in 100 ms; nil without a quota.
  let quota: Double?
  /// On how many processors it may run.
  let allowed: Int
  /// How many there are.
  let cores: Int

  package init(quota: Double?, allowed: Int, cores: Int) {
    self.quota = quota
    self.allowed = allowed
    self.cores = cores
  }
}

extension CPULimit: CustomStringConvertible {
  package var description: String {
    let parts =
      (quota.map { ["\(($0 * 100).rounded() / 100) CPUs of time"] } ?? [])
      + (allowed < cores ? ["\(allowed) of \(cores) CPUs"] : [])
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// A quota is kept by stopping a program until the next period, 100 ms as a rule. With one
  /// processor's worth or less that meets any program that has a thread too many. More is a note, as
  /// is a choice of processors: it disturbs nothing, but machines that look the same are not.
  var concern: PreflightWarning? {
    if let quota, quota < Double(allowed) {
      return PreflightWarning(
        quota > 1 ? .note : .warning, "CPU limit: \(self)",
        because: "whoever uses more is stopped until the next period",
        advice: "give the container whole CPUs (`--cpuset-cpus`), not a share")
    }
    guard allowed < cores else { return nil }
    return PreflightWarning(
      .note, "CPU limit: \(self)", because: "the environment key counts all of them",
      advice: "tell such machines apart with `environment.labels`")
  }
}
