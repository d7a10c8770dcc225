import Measurements

extension Party {
  /// `main (4f2a1c9d10), 2 runs`.
  var summary: String {
    let label = shortCommit.map { $0 == name ? $0 : "\(name.visible()) (\($0))" } ?? name.visible()
    return runs.count > 1 ? "\(label), \(runs.count) runs" : label
  }

  var shortCommit: String? { commit.map { String($0.prefix(10)) } }
}

extension Environment {
  /// `Intel Xeon, 2 cores, Debian 12, x86_64`.
  var summary: String {
    let labels = labels.isEmpty ? [] : [labels.text]
    return ([cpu, count(cores, "core"), os, arch] + labels).joined(separator: ", ")
      .visible(limit: 200)
  }
}
