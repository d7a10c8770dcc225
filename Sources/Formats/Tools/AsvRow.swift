import Measurements

/// The results of one benchmark, for each combination of its parameters.
struct AsvRow {
  let name: String
  private let node: JSONNode
  /// A list of results; nil if all failed. In version 1 it may be a single number.
  private let result: JSONNode?
  /// A list of values for each parameter.
  private let params: JSONNode?
  private let samples: JSONNode?
  /// The time when it was started, in milliseconds since 1970; nil if it did not run, and in
  /// version 1.
  let started: JSONNode?

  static func rows(of file: JSONNode) throws(InputError) -> [AsvRow] {
    var rows: [AsvRow] = []
    let columns = try file["result_columns"]?.elements().map { $0.label ?? "" }
    for (name, node) in try file.member("results").members() {
      if let columns {
        rows.append(try AsvRow(name, node, under: columns))
      } else {
        rows.append(try AsvRow(ofVersion1: name, node))
      }
    }
    return rows
  }

  /// Reads the cells of a benchmark. Cells at the end that are null may be missing.
  private init(
    _ name: String, _ node: JSONNode, under columns: [String]
  ) throws(InputError) {
    let cells = try node.elements()
    guard cells.count <= columns.count else {
      throw node.error("\(cells.count) values under \(columns.count) names")
    }
    func cell(_ name: String) -> JSONNode? {
      guard let place = columns.firstIndex(of: name), place < cells.count else { return nil }
      return cells[place].value == .null ? nil : cells[place]
    }
    self.init(
      name: name, node: node, result: cell("result"), params: cell("params"),
      samples: cell("samples"), started: cell("started_at"))
  }

  private init(ofVersion1 name: String, _ node: JSONNode) throws(InputError) {
    let isObject = if case .object = node.value { true } else { false }
    self.init(
      name: name, node: node, result: isObject ? node["result"] : node.value == .null ? nil : node,
      params: isObject ? node["params"] : nil, samples: isObject ? node["samples"] : nil,
      started: nil)
  }

  private init(
    name: String, node: JSONNode, result: JSONNode?, params: JSONNode?, samples: JSONNode?,
    started: JSONNode?
  ) {
    self.name = name
    self.node = node
    self.result = result
    self.params = params
    self.samples = samples
    self.started = started
  }
}

extension AsvRow {
  /// The labels of each combination, in the order of `itertools.product`: the last parameter
  /// changes first.
  ///
  /// - Parameter names: The names of the parameters. If their number does not fit, the names are
  ///   `param1` and so on, as asv calls parameters without a name.
  func combinations(names: JSONNode?) throws(InputError) -> [[String: String]] {
    let params = try params?.elements() ?? []
    var names = try names?.elements().compactMap(\.label) ?? []
    if names.count != params.count { names = params.indices.map { "param\($0 + 1)" } }
    var combinations: [[String: String]] = [[:]]
    for (name, values) in zip(names, params) {
      let values = try values.elements().map { $0.label ?? "null" }
      guard combinations.count * values.count <= 100_000 else {
        throw node.error("more than 100,000 combinations of parameters")
      }
      combinations = combinations.flatMap { labels in
        values.map { labels.merging([name: $0]) { $1 } }
      }
    }
    return combinations
  }

  /// True if the benchmark has parameters, whose names are in another file.
  func hasParameters() throws(InputError) -> Bool { try params?.elements().isEmpty == false }

  /// The result of each combination, null if it failed; nil if all failed.
  func results(_ count: Int) throws(InputError) -> [JSONNode]? {
    guard let result else { return nil }
    guard case .array = result.value else {
      guard count == 1 else { throw result.expected("an array") }
      return [result]
    }
    let results = try result.elements()
    guard results.count == count else {
      throw result.error("\(results.count) results of \(count) combinations of parameters")
    }
    return results
  }

  /// The samples of a combination; nil if asv did not record them. In version 1, a benchmark
  /// without parameters has a plain list of samples.
  func samples(_ index: Int) throws(InputError) -> JSONNode? {
    guard let lists = try samples?.elements(), index < lists.count else { return nil }
    if index == 0, lists[0].label != nil { return samples }
    return lists[index].value == .null ? nil : lists[index]
  }
}
