import System

/// Reads control groups, in which Linux keeps the limits of containers.
extension CPULimit {
  /// The smallest quota of the groups of this process, in processors; nil without one.
  static func quota(_ files: SystemFiles) -> Double? {
    let groups = files.text("/proc/self/cgroup")?.split(separator: "\n") ?? []
    return groups.flatMap { line -> [Double] in
      // The number of the hierarchy, its controllers, and the path of the group in it.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      let controllers = parts[1].split(separator: ",")
      if controllers.isEmpty { return unified(files, path: parts[2]) }
      return controllers.contains("cpu")
        ? divided(files, controllers: parts[1], path: parts[2]) : []
    }.min()
  }

  /// The quotas of version 2: `cpu.max` holds quota and period in µs, or `max` for no quota.
  private static func unified(_ files: SystemFiles, path: Substring) -> [Double] {
    ancestors(path).compactMap { group in
      let words = files.word("/sys/fs/cgroup\(group)/cpu.max")?.split(separator: " ") ?? []
      return words.count == 2 ? ratio(words[0], words[1]) : nil
    }
  }

  /// The quotas of version 1, which has a file for each value; a quota of -1 is none.
  private static func divided(
    _ files: SystemFiles, controllers: Substring, path: Substring
  ) -> [Double] {
    Set(["cpu", controllers]).flatMap { mount in
      ancestors(path).compactMap { group in
        let folder = "/sys/fs/cgroup/\(mount)\(group)"
        guard let quota = files.word("\(folder)/cpu.cfs_quota_us"),
          let period = files.word("\(folder)/cpu.cfs_period_us")
        else { return nil }
        return ratio(quota[...], period[...])
      }
    }
  }

  private static func ratio(_ quota: Substring, _ period: Substring) -> Double? {
    guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0 else {
      return nil
    }
    return quota / period
  }

  /// A group, those that contain it, and the root. A limit applies to all groups below. Inside a
  /// container, the path may be that of the host, of which only the root is visible.
  private static func ancestors(_ path: Substring) -> [String] {
    path.split(separator: "/").filter { $0 != ".." }
      .reduce(into: [""]) { $0.append("\($0.last ?? "")/\($1)") }
  }
}
