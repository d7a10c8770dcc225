/// The share of the processors that a container or a parent process allows this process.
package struct CPULimit: Hashable, Sendable {
  /// The quota in processors, such as 1.5 for 150 ms of time in 100 ms; nil without a quota.
  let quota: Double?
  /// The number of processors on which it may run.
  let allowed: Int
  /// The number of processors of the machine.
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

  /// A warning of the limit. A quota is enforced by stopping a program until the next period, which
  /// is usually 100 ms. A quota of one processor or less affects any program with a second thread,
  /// so it is a warning. A larger quota is a note. So is a restriction to some processors: it
  /// disturbs nothing, but machines that look equal are not.
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
