extension RunConditions {
  package init(from reader: inout JSONReader) throws(JSONError) {
    var load: Span?
    var pressure: Span?
    var steal: Double?
    var governor: String?
    var clock: Span?
    var roundLoads: [Double] = []
    try reader.object { (reader, name) throws(JSONError) in
      switch name {
      case "load": load = try reader.optional(Span.init)
      case "pressure": pressure = try reader.optional(Span.init)
      case "steal":
        steal = try reader.optional { (reader) throws(JSONError) in try reader.number() }
      case "governor":
        governor = try reader.optional { (reader) throws(JSONError) in try reader.string() }
      case "clock": clock = try reader.optional(Span.init)
      case "roundLoads": roundLoads = try reader.numbers()
      default: try reader.skip()
      }
    }
    self.init(
      load: load, pressure: pressure, steal: steal, governor: governor, clock: clock,
      roundLoads: roundLoads)
  }

  package var json: JSONValue {
    .members([
      "load": load?.json, "pressure": pressure?.json, "steal": steal.map(JSONValue.number),
      "governor": governor.map(JSONValue.string), "clock": clock?.json,
      "roundLoads": roundLoads.isEmpty ? nil : .array(roundLoads.map(JSONValue.number)),
    ])
  }
}

extension RunConditions.Span {
  fileprivate init(from reader: inout JSONReader) throws(JSONError) {
    let numbers = try reader.numbers()
    guard numbers.count == 2 else {
      throw reader.error("not two numbers, at the start and at the end")
    }
    self.init(start: numbers[0], end: numbers[1])
  }

  fileprivate var json: JSONValue { .array([.number(start), .number(end)]) }
}
