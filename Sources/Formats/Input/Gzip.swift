import CZlib

/// Unpacks data that `gzip` packed.
enum Gzip {
  static func packs(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

  enum Problem: Error {
    case broken
    case tooLarge
  }

  /// Unpacks bytes.
  ///
  /// - Parameter limit: The largest unpacked size in bytes. Larger data is an error, so that it
  ///   does not exhaust the memory of this process.
  static func unpacked(_ bytes: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
    try inflated(bytes, limit: limit, window: gzipWindow)
  }

  /// Unpacks bytes that have no header, as those of a zip file.
  static func inflated(_ bytes: [UInt8], limit: Int) throws(Problem) -> [UInt8] {
    try inflated(bytes, limit: limit, window: -15)
  }

  private static func inflated(
    _ bytes: [UInt8], limit: Int, window: Int32
  ) throws(Problem) -> [UInt8] {
    var stream = unsafe z_stream()
    // SAFETY: the structure is set up before it is used, and taken down after.
    guard
      unsafe inflateInit2_(
        &stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .broken }
    defer { unsafe inflateEnd(&stream) }
    var input = bytes
    var output: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 18)
    var status = Z_OK
    // SAFETY: both buffers are borrowed for the whole of the loop, and their sizes are their own.
    unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe stream.next_in = input.baseAddress
      unsafe stream.avail_in = UInt32(clamping: input.count)
      repeat {
        let count = unsafe part.withUnsafeMutableBufferPointer { part in
          unsafe stream.next_out = part.baseAddress
          unsafe stream.avail_out = UInt32(part.count)
          status = unsafe inflate(&stream, Z_NO_FLUSH)
          return unsafe part.count - Int(stream.avail_out)
        }
        output += part[..<count]
        // A file may consist of several packed parts, one after the other.
        if status == Z_STREAM_END, unsafe stream.avail_in > 0 {
          status = unsafe inflateReset(&stream)
        }
      } while status == Z_OK && output.count <= limit
    }
    guard output.count <= limit else { throw .tooLarge }
    guard status == Z_STREAM_END else { throw .broken }
    return output
  }

  /// The largest window, with gzip's header only.
  private static let gzipWindow: Int32 = 15 + 16
}
