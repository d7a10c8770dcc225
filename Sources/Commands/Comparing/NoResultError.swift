import CommandLine

/// The error for a commit that has no result yet. The configuration may let a push of it pass.
struct NoResultError: Error {
  let diagnostic: Diagnostic
}
