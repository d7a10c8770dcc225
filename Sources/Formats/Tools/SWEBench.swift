import Measurements

extension Format {
  /// Reports of the harness of SWE-bench: of a run, and `report.json` of single instances.
  ///
  /// Each instance is a task, with the metric `success`. An instance whose evaluation failed has no
  /// outcome and is a failure.
  ///
  /// Fixtures: written by hand after the reports of swebench 4.
  package static let sweBench = Format(
    name: "swe-bench", summary: "reports of SWE-bench's harness, JSON",
    carries: .rounds, recognizes: recognizesSWEBench, read: readSWEBench)
}

@Sendable
private func recognizesSWEBench(_ input: Input) -> Bool {
  guard let outline = input.outline else { return false }
  if outline.has("resolved_ids", "submitted_instances") || outline.has("resolved_ids", "error_ids")
  {
    return true
  }
  return outline.keys.contains { $0.hasSuffix(".patch_successfully_applied") }
    && outline.keys.contains { $0.hasSuffix(".resolved") }
}

@Sendable
private func readSWEBench(_ input: Input) throws(InputError) -> ParsedResults {
  var builder = ResultBuilder(input, as: "swe-bench")
  try builder.eachDocument { (builder, document) throws(InputError) in
    if document["resolved_ids"] != nil {
      try builder.addRun(document)
    } else {
      for (id, report) in try document.members() {
        try builder.attempt { (builder) throws(InputError) in try builder.add(id, report) }
      }
    }
  }
  return builder.reading()
}

extension ResultBuilder {
  /// Adds the instances of a run, by the lists that they are in.
  fileprivate mutating func addRun(_ run: JSONNode) throws(InputError) {
    let infrastructure = try ids(run, "infra_failure_ids")
    let errors = try ids(run, "error_ids")
    for (id, node) in try sorted(run, "resolved_ids") { try add(id, true, node) }
    for (id, node) in try sorted(run, "unresolved_ids") where !infrastructure.contains(id) {
      try add(id, false, node)
    }
    for (id, node) in try sorted(run, "empty_patch_ids") { try add(id, false, node) }
    let others = try sorted(run, "unresolved_ids").filter { infrastructure.contains($0.id) }
    for (id, node) in others { try failInstance(id, "its environment failed", node) }
    for (id, node) in try sorted(run, "error_ids") {
      try failInstance(id, "its evaluation failed", node)
    }
    for (id, node) in try sorted(run, "incomplete_ids") where !errors.contains(id) {
      skip("instance that was not submitted", at: node.place)
    }
  }

  /// Adds the report of one instance.
  fileprivate mutating func add(_ id: String, _ report: JSONNode) throws(InputError) {
    let isSolved = try report.member("resolved").bool()
    guard report["infra_failure"]?.value != .bool(true) else {
      let reason = report["infra_failure_reason"]?.label ?? "its environment failed"
      return try failInstance(id, reason, report)
    }
    try add(id, isSolved, report)
  }

  private mutating func add(_ id: String, _ isSolved: Bool, _ node: JSONNode) throws(InputError) {
    let benchmark = Benchmark(name: id)
    guard try isFirst(benchmark, at: node.place) else { return }
    try addSuccess(isSolved, to: benchmark, at: node.place)
  }

  private mutating func failInstance(
    _ id: String, _ reason: String, _ node: JSONNode
  ) throws(InputError) {
    let benchmark = Benchmark(name: id)
    guard try isFirst(benchmark, at: node.place) else { return }
    try addInfrastructureFailure(reason, of: benchmark, at: node.place)
  }

  private func ids(_ run: JSONNode, _ key: String) throws(InputError) -> Set<String> {
    Set(try sorted(run, key).map(\.id))
  }

  private func sorted(
    _ run: JSONNode, _ key: String
  ) throws(InputError) -> [(id: String, node: JSONNode)] {
    var ids: [(String, JSONNode)] = []
    for node in try run[key]?.elements() ?? [] { ids.append((try node.string(), node)) }
    return ids
  }
}
