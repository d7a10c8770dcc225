/// The members of a zip file, read from its directory. Members are unpacked one by one.
///
/// Definition: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
struct Zip {
  /// The names of all members, in the order of the directory.
  let names: [String]
  private let bytes: [UInt8]
  private let members: [String: Member]

  private struct Member {
    let method: Int
    let packed: Int
    let size: Int
    /// The offset of the header that precedes the data.
    let header: Int
  }

  enum Problem: Error {
    /// The directory, or a member, is not where it should be.
    case broken
    case tooLarge
    case encrypted
    /// A way of packing that is not known, such as 93 for zstd.
    case method(Int)
  }

  static func packs(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) }

  /// Reads the directory.
  init(_ bytes: [UInt8]) throws(Problem) {
    self.bytes = bytes
    // The end of the directory is followed by a comment of at most 64 KiB.
    let first = max(0, bytes.count - 22 - 0xffff)
    guard bytes.count >= 22,
      let end = (first...bytes.count - 22).last(where: { bytes.number(at: $0, 4) == 0x0605_4b50 })
    else { throw .broken }
    var (count, offset) = (bytes.number(at: end + 10, 2), bytes.number(at: end + 16, 4))
    if count == 0xffff || offset == 0xffff_ffff {
      (count, offset) = try Self.largeDirectory(of: bytes, before: end)
    }
    var names: [String] = []
    var members: [String: Member] = [:]
    for _ in 0..<count {
      guard bytes.number(at: offset, 4) == 0x0201_4b50 else { throw .broken }
      let lengths = [28, 30, 32].map { bytes.number(at: offset + $0, 2) }
      let end = offset + 46 + lengths.reduce(0, +)
      guard end <= bytes.count else { throw .broken }
      let name = String(decoding: bytes[offset + 46..<offset + 46 + lengths[0]], as: UTF8.self)
      guard bytes.number(at: offset + 8, 2) & 1 == 0 else { throw .encrypted }
      let extra = offset + 46 + lengths[0]
      let sizes = try Self.sizes(
        of: bytes, at: offset, extra: extra..<extra + lengths[1])
      members[name] = Member(
        method: bytes.number(at: offset + 10, 2), packed: sizes[1], size: sizes[0],
        header: sizes[2])
      names.append(name)
      offset = end
    }
    self.names = names
    self.members = members
  }

  /// The unpacked size of some members together.
  func size(of names: some Sequence<String>) -> Int {
    names.reduce(0) { sum, name in
      let (sum, isTooLarge) = sum.addingReportingOverflow(members[name]?.size ?? 0)
      return isTooLarge ? .max : sum
    }
  }

  /// Unpacks a member; nil if there is none of that name.
  ///
  /// - Parameter limit: The largest unpacked size in bytes.
  func unpacked(_ name: String, limit: Int) throws(Problem) -> [UInt8]? {
    guard let member = members[name] else { return nil }
    let header = member.header
    guard header >= 0, header <= bytes.count - 30, bytes.number(at: header, 4) == 0x0403_4b50 else {
      throw .broken
    }
    let start = header + 30 + bytes.number(at: header + 26, 2) + bytes.number(at: header + 28, 2)
    guard member.packed >= 0, start <= bytes.count, member.packed <= bytes.count - start else {
      throw .broken
    }
    guard member.size <= limit else { throw .tooLarge }
    let data = bytes[start..<start + member.packed]
    switch member.method {
    case 0: return Array(data)
    case 8:
      do {
        let unpacked = try Gzip.inflated(Array(data), limit: min(limit, member.size))
        guard unpacked.count == member.size else { throw Problem.broken }
        return unpacked
      } catch {
        throw .broken
      }
    default: throw .method(member.method)
    }
  }

  /// The number of members and the offset of the directory in a file of more than 4 GiB or 65,535
  /// members.
  private static func largeDirectory(
    of bytes: [UInt8], before end: Int
  ) throws(Problem) -> (Int, Int) {
    guard end >= 20, bytes.number(at: end - 20, 4) == 0x0706_4b50 else { throw .broken }
    let place = bytes.number(at: end - 12, 8)
    guard place >= 0, place <= bytes.count - 56, bytes.number(at: place, 4) == 0x0606_4b50 else {
      throw .broken
    }
    let (count, offset) = (bytes.number(at: place + 32, 8), bytes.number(at: place + 48, 8))
    // Each member has at least 46 bytes in the directory.
    guard offset >= 0, offset <= bytes.count, (0...bytes.count / 46).contains(count) else {
      throw .broken
    }
    return (count, offset)
  }

  /// The unpacked size, the packed size and the offset of a member. Those that do not fit 32 bits
  /// are in an extra field of the number 1.
  private static func sizes(
    of bytes: [UInt8], at offset: Int, extra: Range<Int>
  ) throws(Problem) -> [Int] {
    var sizes = [24, 20, 42].map { bytes.number(at: offset + $0, 4) }
    guard sizes.contains(0xffff_ffff) else { return sizes }
    var place = extra.lowerBound
    while place + 4 <= extra.upperBound {
      let length = bytes.number(at: place + 2, 2)
      if bytes.number(at: place, 2) == 1 {
        var field = place + 4
        for index in sizes.indices where sizes[index] == 0xffff_ffff {
          guard field + 8 <= extra.upperBound else { throw .broken }
          sizes[index] = bytes.number(at: field, 8)
          field += 8
        }
        guard sizes.allSatisfy({ $0 >= 0 }) else { throw .broken }
        return sizes
      }
      place += 4 + length
    }
    throw .broken
  }
}

extension [UInt8] {
  /// A number of some bytes, the lowest first; -1 if it is beyond the end, or too large.
  fileprivate func number(at offset: Int, _ count: Int) -> Int {
    guard offset >= 0, offset <= self.count - count else { return -1 }
    var number: UInt64 = 0
    for index in (0..<count).reversed() { number = number << 8 | UInt64(self[offset + index]) }
    return Int(exactly: number) ?? -1
  }
}
