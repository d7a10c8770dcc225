extension Unicode.Scalar {
  /// True if the character is displayed as itself in every context.
  package var isHarmless: Bool {
    if isASCII { return value >= 0x20 && value != 0x7f }
    // Emoji are joined by U+200D and selected by U+FE0F.
    if value == 0x200D || value == 0xFE0F { return true }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
      .privateUse:
      false
    default: !properties.isDefaultIgnorableCodePoint
    }
  }
}
