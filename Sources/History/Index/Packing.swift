import Measurements

/// Values packed into bytes, each kind in its own form; ``Unpacker`` reads them in the same order.
struct Packer {
  private(set) var bytes: [UInt8] = []

  init() {}

  /// Appends to bytes that were sealed before.
  init(continuing sealed: [UInt8]) { bytes = sealed.dropLast(Seal.length) }

  /// Appends a whole number that is not negative, seven bits a byte, the lowest first.
  mutating func add(_ number: Int) {
    var rest = UInt64(number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func add(_ number: Double) { add(number.bitPattern) }

  mutating func add(_ text: String) {
    add(text.utf8.count)
    bytes += text.utf8
  }

  mutating func add(_ text: String?) {
    add(text == nil ? 0 : 1)
    if let text { add(text) }
  }

  /// Appends an object id, or its absence.
  mutating func add(_ id: CompactID?) {
    add(id == nil ? 0 : 1)
    if let id { add(id) }
  }

  mutating func add(_ id: CompactID) { bytes += id.bytes }

  /// Appends bytes that a packer has packed.
  mutating func add(bytes packed: some Collection<UInt8>) { bytes += packed }

  private mutating func add(_ word: UInt64) {
    unsafe withUnsafeBytes(of: word.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// The bytes with a checksum, so that a damaged file is noticed.
  ///
  /// - Parameter key: The key of the row that keeps the bytes. Those of another row do not fit.
  func sealed(_ key: SealKey) -> [UInt8] {
    var sealed = self
    sealed.add(Seal.checksum(of: bytes[...], key.word))
    return sealed.bytes
  }
}

/// Reads what a ``Packer`` has sealed.
struct Unpacker {
  private let bytes: [UInt8]
  /// The place of the next value, in bytes from the first.
  private(set) var place = 0
  private let end: Int

  /// - Throws: ``DamagedIndex`` if the checksum does not fit.
  init(_ sealed: [UInt8], _ key: SealKey) throws(DamagedIndex) {
    guard sealed.count >= Seal.length else { throw DamagedIndex() }
    bytes = sealed
    end = sealed.count - Seal.length
    place = end
    let checksum = try word()
    guard checksum == Seal.checksum(of: sealed[..<end], key.word) else { throw DamagedIndex() }
    place = 0
  }

  var isAtEnd: Bool { place >= end }

  /// The number of bytes that are left.
  var remaining: Int { end - place }

  /// Leaves out all values before a place.
  mutating func skip(to place: Int) throws(DamagedIndex) {
    guard self.place <= place, place <= end else { throw DamagedIndex() }
    self.place = place
  }

  mutating func number() throws(DamagedIndex) -> Int {
    var (number, shift) = (UInt64(0), UInt64(0))
    while place < end, shift < 63 {
      let byte = bytes[place]
      place += 1
      number |= UInt64(byte & 0x7f) << shift
      guard byte >= 0x80 else { return Int(number) }
      shift += 7
    }
    throw DamagedIndex()
  }

  mutating func double() throws(DamagedIndex) -> Double { Double(bitPattern: try word()) }

  /// Appends doubles to an array.
  mutating func doubles(_ count: Int, to array: inout [Double]) throws(DamagedIndex) {
    guard count >= 0, count <= (end - place) / 8 else { throw DamagedIndex() }
    unsafe bytes.withUnsafeBytes { bytes in
      for index in 0..<count {
        // SAFETY: all the bytes lie before the end, as checked above.
        let word = unsafe bytes.loadUnaligned(fromByteOffset: place + index * 8, as: UInt64.self)
        array.append(Double(bitPattern: UInt64(littleEndian: word)))
      }
    }
    place += count * 8
  }

  mutating func text() throws(DamagedIndex) -> String {
    let count = try number()
    guard count <= end - place else { throw DamagedIndex() }
    defer { place += count }
    return String(decoding: bytes[place..<place + count], as: UTF8.self)
  }

  mutating func optionalText() throws(DamagedIndex) -> String? {
    try number() == 0 ? nil : try text()
  }

  mutating func optionalID() throws(DamagedIndex) -> CompactID? {
    try number() == 0 ? nil : try id()
  }

  mutating func id() throws(DamagedIndex) -> CompactID {
    guard CompactID.length <= end - place else { throw DamagedIndex() }
    defer { place += CompactID.length }
    // SAFETY: the bytes lie before the end, as checked above.
    return unsafe bytes.withUnsafeBytes { unsafe CompactID($0, from: place) }
  }

  private mutating func word() throws(DamagedIndex) -> UInt64 {
    guard place + 8 <= bytes.count else { throw DamagedIndex() }
    defer { place += 8 }
    // SAFETY: the eight bytes lie within the array, as checked above.
    return unsafe bytes.withUnsafeBytes {
      unsafe UInt64(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
  }
}

/// The index contradicts itself; it has to be built again.
struct DamagedIndex: Error {}

/// The key of a row, which its checksum covers.
struct SealKey {
  fileprivate let word: UInt64

  init(_ number: Int64, _ id: CompactID? = nil) {
    var hash = UInt64(bitPattern: number) &* Seal.factor
    if let id {
      // Each step can be undone, so that two ids that differ in one word never have one key.
      let (high, middle, low) = id.words
      for word in [high, middle, low] {
        hash = (hash ^ word) &* Seal.factor
        hash ^= hash >> 32
      }
    }
    word = hash
  }

  init(_ name: String) { word = Seal.checksum(of: Array(name.utf8)[...], 0) }
}

private enum Seal {
  static let length = 8
  fileprivate static let factor: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// A fast checksum: a multiplication for each eight bytes. It notices accidents, not intent.
  static func checksum(of bytes: ArraySlice<UInt8>, _ key: UInt64) -> UInt64 {
    unsafe bytes.withUnsafeBytes { bytes in
      var hash = (UInt64(bytes.count) ^ key) &* 0x9e37_79b9_7f4a_7c15
      var place = 0
      while place + 8 <= bytes.count {
        // SAFETY: eight bytes lie behind the place, as the condition says.
        let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        hash = (hash ^ UInt64(littleEndian: word)) &* 0x9e37_79b9_7f4a_7c15
        hash ^= hash >> 32
        place += 8
      }
      while place < bytes.count {
        hash = unsafe (hash ^ UInt64(bytes[place])) &* 0x9e37_79b9_7f4a_7c15
        hash ^= hash >> 32
        place += 1
      }
      return hash
    }
  }
}
