/// The names of the benchmarks that are wanted of a run.
///
/// Most names that are looked up are not among them. Their length and their first and last byte
/// exclude nearly all of them without creating a string.
struct NameFilter {
  private let names: Set<String>
  /// A bit for each shape that one of the names has. All bits are set if a name is not ASCII,
  /// because equal names may then have different bytes.
  private let shapes: UInt64

  init(_ names: Set<String>) {
    self.names = names
    let areASCII = names.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } }
    shapes = areASCII ? names.reduce(0) { $0 | Self.shape($1.utf8) } : .max
  }

  func contains(_ name: String) -> Bool { names.contains(name) }

  /// Looks up a name by its bytes.
  ///
  /// - Parameter name: The name in ASCII.
  func contains(ascii name: ArraySlice<UInt8>) -> Bool {
    Self.shape(name) & shapes != 0 && names.contains(String(decoding: name, as: UTF8.self))
  }

  private static func shape(_ name: some BidirectionalCollection<UInt8>) -> UInt64 {
    let ends = Int(name.first ?? 0) &* 5 &+ Int(name.last ?? 0) &* 11
    return 1 << UInt64((ends &+ name.count &* 17) & 63)
  }
}
