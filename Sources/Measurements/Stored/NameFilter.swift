/// The names of the benchmarks that are wanted of a run.
///
/// Most of the names that it is asked for are others; their length, first and last byte tell that of
/// nearly all of them, without a string.
struct NameFilter {
  private let names: Set<String>
  /// A bit for each shape that one of the names has; all where one is not ASCII, which may have equals
  /// of other bytes.
  private let shapes: UInt64

  init(_ names: Set<String>) {
    self.names = names
    let areASCII = names.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    shapes = areASCII ? names.reduce(0) { $0 | Self.shape($1.utf8) } : .max
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  /// - Parameter name: In ASCII.
  func contains(ascii name: ArraySlice<UInt8>) -> Bool {
    Self.shape(name) & shapes != 0 && names.contains(String(decoding: name, as: UTF8.self))
  }

  private static func shape(_ name: some BidirectionalCollection<UInt8>) -> UInt64 {
    let ends = Int(name.first ?? 0) &* 5 &+ Int(name.last ?? 0) &* 11
    return 1 << UInt64((ends &+ name.count &* 17) & 63)
  }
}
