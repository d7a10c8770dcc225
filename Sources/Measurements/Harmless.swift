extension Unicode.Scalar {
  /// Whether it shows as itself, wherever it stands.
  package var isHarmless: Bool {
    if isASCII { return value >= 0x20 && value != 0x7f }
    // Emoji are joined by U+200D and chosen by U+FE0F.
    if value == 0x200D || value == 0xFE0F { return true }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
      .privateUse:
      false
    default: !properties.isDefaultIgnorableCodePoint
    }
  }
}
