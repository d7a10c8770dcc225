extension String {
  /// The text with user names and passwords removed from all addresses.
  package var withoutCredentials: String { replacing(#/://[^/\s]+@/#, with: "://") }
}
