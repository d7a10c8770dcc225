extension String {
  /// The text, and all addresses in it without their users and passwords.
  package var withoutCredentials: String { replacing(#/://[^/\s]+@/#, with: "://") }
}
