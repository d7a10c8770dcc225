#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A file that is written block by block and appears under its name only when it is whole.
///
/// Until then it stands beside the name, and it is removed if it never becomes whole. A terminal, a
/// pipe or a device is written to directly.
package final class NewFile {
  private let path: String
  /// The name until the file is whole; nil for a device.
  private let temporary: String?
  private let descriptor: Descriptor
  private var isWhole = false

  /// - Parameter path: The path of the file or device, without a link at its end.
  package init(_ path: String) throws(SystemError) {
    self.path = path
    if Platform.isDevice(path) {
      temporary = nil
      // SAFETY: a String lends itself as a null-terminated path for the call.
      descriptor = try unsafe Descriptor(taking: open(path, O_WRONLY | O_APPEND | O_CLOEXEC))
      return
    }
    let name = "\(path).\(getpid()).part"
    temporary = name
    // Nobody else has the number of this process, so that such a file is one of a process that died.
    Platform.remove(name)
    guard let file = try Descriptor.new(name) else { throw .exists }
    descriptor = file
  }

  deinit {
    if !isWhole, let temporary { Platform.remove(temporary) }
  }

  package func write(_ bytes: [UInt8]) throws(WriteError) {
    try Platform.write(bytes, to: descriptor.number)
  }

  /// Gives the file its name, in place of an older one, whose permissions it takes.
  package func finish() throws(WriteError) {
    guard let temporary else { return }
    var status = stat()
    // SAFETY: here and below, texts are lent for the call, and `status` is what stat fills in.
    if unsafe stat(path, &status) == 0 { fchmod(descriptor.number, status.st_mode & 0o7777) }
    guard fsync(descriptor.number) == 0, unsafe rename(temporary, path) == 0 else {
      throw .failed(SystemError(errno))
    }
    isWhole = true
  }
}
