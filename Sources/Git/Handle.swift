/// Sole owner of one libgit2 object, freed when the handle goes out of scope.
@safe
struct Handle: ~Copyable {
  /// Valid as long as the handle lives; borrowed by calls, never stored.
  @unsafe let pointer: OpaquePointer
  private let release: (OpaquePointer) -> Void

  /// Takes what `make` writes to its parameter; `release` is libgit2's function to free it.
  ///
  /// - Throws: ``GitError`` naming the operation when `make` reports a failure.
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
