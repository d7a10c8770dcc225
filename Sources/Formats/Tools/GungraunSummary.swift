import Measurements

/// One line of gungraun's JSON: a benchmark with the figures of each tool that ran it.
struct GungraunSummary {
  private let root: JSONNode

  init(_ root: JSONNode) { self.root = root }

  static let mark = "\"module_path\""

  static func isCandidate(_ text: Substring) -> Bool {
    text.hasPrefix("{") && text.contains(mark)
      && ["\"profiles\"", "\"tool_summaries\"", "\"callgrind_summary\""].contains(
        where: text.contains)
  }

  func add(to builder: inout ResultBuilder) throws(InputError) {
    guard let profiles = root["profiles"] else {
      throw builder.error(
        "written by a version whose summary is not known", at: root.place,
        hint: "schema version 6 is read; import the text that the harness prints instead")
    }
    let benchmark = Benchmark(
      gungraun: try root.member("module_path").string(), id: try root["id"]?.string(),
      details: try root["details"]?.string())
    guard try builder.isFirst(benchmark, at: root.place) else { return }
    for profile in try profiles.elements() {
      let total = try profile.member("summaries").member("total").member("summary")
      // `{"Callgrind": {...}}`: the kind of tool, then its figures.
      for (tool, figures) in try total.members() {
        for (name, figure) in try figures.members() {
          try add(figure, name, of: tool, to: benchmark, &builder)
        }
      }
    }
  }

  /// Adds a figure. `Left` is the new run, `Right` the run that it is compared with, and `Both` has
  /// the new one, then the old one.
  private func add(
    _ figure: JSONNode, _ name: String, of tool: String, to benchmark: Benchmark,
    _ builder: inout ResultBuilder
  ) throws(InputError) {
    let metrics = try figure.member("metrics")
    let place = figure.place
    let both = try metrics["Both"]?.elements().first
    guard let new = metrics["Left"] ?? both else {
      guard metrics["Right"] != nil else {
        return try builder.reject("neither Left, Right nor Both", at: place)
      }
      return builder.skip("figure of an earlier run alone", at: place)
    }
    let number = if let int = new["Int"] { int } else { try new.member("Float") }
    let value = try number.number()
    let metric = GungraunMetric(name)
    guard !builder.has(benchmark, metric.name) else {
      return builder.skip("figure of \(tool) that another tool has too", at: place)
    }
    try builder.add(
      [value], to: benchmark, metric.name, in: metric.unit, better: metric.better,
      isExact: metric.isExact, at: place)
  }
}
