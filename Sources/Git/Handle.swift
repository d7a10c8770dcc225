/// The sole owner of one libgit2 object, which is freed when the handle goes out of scope.
@safe
struct Handle: ~Copyable {
  /// The pointer to the object, valid while the handle exists. Calls borrow it and never store it.
  @unsafe let pointer: OpaquePointer
  private let release: (OpaquePointer) -> Void

  /// Takes the object that `make` writes to its parameter. `release` is the libgit2 function that
  /// frees it.
  ///
  /// - Throws: ``GitError`` naming the operation if `make` reports a failure.
  init(
    _ operation: @autoclosure () -> String, release: @escaping (OpaquePointer) -> Void,
    _ make: (inout OpaquePointer?) -> Int32
  ) throws(GitError) {
    var pointer: OpaquePointer?
    try check(operation(), unsafe make(&pointer))
    guard let pointer = unsafe pointer else {
      throw GitError(operation: operation(), message: "no object", kind: .other)
    }
    unsafe self.pointer = pointer
    unsafe self.release = release
  }

  // SAFETY: the pointer came from the `make` that pairs with this release, and is freed once.
  deinit { unsafe release(pointer) }
}
