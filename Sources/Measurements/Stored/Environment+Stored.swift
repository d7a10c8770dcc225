extension Environment {
  /// Reads the stored form. All members except the key may be absent, so that other tools can write
  /// it.
  package init(from reader: inout JSONReader) throws(JSONError) {
    var key: String?
    var texts: [String: String] = [:]
    var numbers: [String: Int64] = [:]
    var labels: [String: String] = [:]
    try reader.object { (reader, name) throws(JSONError) in
      switch name {
      case "key": key = try reader.string()
      case "cpu", "os", "kernel", "arch": texts[name] = try reader.string()
      case "cores", "memory": numbers[name] = try reader.integer()
      case "labels": labels = try reader.strings()
      default: try reader.skip()
      }
    }
    self.init(
      key: try key.required("key", at: reader.position), cpu: texts["cpu"] ?? "",
      cores: Int(numbers["cores"] ?? 0), memory: numbers["memory"] ?? 0, os: texts["os"] ?? "",
      kernel: texts["kernel"] ?? "", arch: texts["arch"] ?? "", labels: labels)
  }
}

extension Environment {
  package var json: JSONValue {
    .object([
      "key": .string(key), "cpu": .string(cpu), "cores": .integer(Int64(cores)),
      "memory": .integer(memory), "os": .string(os), "kernel": .string(kernel),
      "arch": .string(arch), "labels": .strings(labels),
    ])
  }
}
