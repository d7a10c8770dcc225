#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Texts in the form that `execve` takes: a null-terminated array of null-terminated strings.
///
/// Made before a fork, because between fork and exec nothing may be allocated.
@safe struct CStrings: ~Copyable {
  /// Valid as long as the value lives.
  private let storage: UnsafeMutableBufferPointer<UnsafeMutablePointer<CChar>?>

  init(_ texts: [String]) {
    // Safe: one element more than texts, all of them initialised; the last is the terminator.
    unsafe storage = .allocate(capacity: texts.count + 1)
    unsafe storage.initialize(repeating: nil)
    for (index, text) in texts.enumerated() {
      guard let copy = unsafe strdup(text) else { preconditionFailure("out of memory") }
      unsafe storage[index] = copy
    }
  }

  deinit {
    // Safe: each element is from strdup or nil, and nothing refers to them any more.
    for index in unsafe storage.indices { unsafe free(storage[index]) }
    unsafe storage.deallocate()
  }

  /// The array; not to be used after the end of this value.
  @unsafe var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
    guard let base = unsafe storage.baseAddress else { preconditionFailure("never empty") }
    return unsafe base
  }

  /// The first text; not to be used after the end of this value.
  @unsafe var first: UnsafeMutablePointer<CChar> {
    guard let text = unsafe storage[0] else { preconditionFailure("no text") }
    return unsafe text
  }
}
