/// A folder for the output of failed launches, so that the reason of a failure can be found later.
package struct OutputFolder: Hashable, Sendable {
  let path: String
  /// The name of the folder in messages.
  let name: String

  /// Creates the folder, and its parents, if they are missing.
  ///
  /// - Parameter name: The path as it was typed.
  /// - Throws: ``SystemError`` if the path is not a folder, or if no file can be created in it.
  package init(at path: String, name: String) throws(SystemError) {
    self.path = path
    self.name = name
    try Platform.makeFolder(path)
    // Only an attempt shows if files can be created; this file has no name any more.
    _ = try Descriptor.temporary(in: path)
  }

  /// The place for the output of a launch if it fails.
  ///
  /// - Parameter words: The description of the launch, such as benchmark and side. The words are
  ///   data of others and may contain any characters.
  package func place(_ words: String?...) -> OutputPlace {
    OutputPlace(folder: self, words: words.compactMap(\.self))
  }
}

/// The name under which the output of a launch is kept if it fails.
package struct OutputPlace: Hashable, Sendable {
  let folder: OutputFolder
  let words: [String]

  /// Keeps the output of a launch in two new files.
  ///
  /// - Parameters:
  ///   - limit: The limit in bytes for each stream; the rest is not kept.
  ///   - launch: The description of the launch, such as `round 3`.
  func keep(_ streams: Streams, atMost limit: Int, of launch: [String]) -> KeptOutput {
    do {
      let name = (words + launch).map { $0.asFileName() }.joined(separator: "-")
      let files = try OutputFiles.new(in: folder.path, named: name)
      try files.fill(from: streams, atMost: limit)
      let start = folder.name.hasSuffix("/") ? folder.name : folder.name + "/"
      return .files(output: "\(start)\(files.name).out", messages: "\(start)\(files.name).err")
    } catch {
      return .lost(folder: folder.name, error)
    }
  }
}

/// Two new files for the output of one launch.
private struct OutputFiles {
  /// The name of both files, without `.out` and `.err`.
  let name: String
  private let path: String
  private let streams: Streams

  /// Creates the two files.
  ///
  /// - Parameter name: The name; a number is added if it exists already.
  static func new(in folder: String, named name: String) throws(SystemError) -> OutputFiles {
    for number in 1...most {
      let name = number == 1 ? name : "\(name)-\(number)"
      if let files = try OutputFiles(in: folder, named: name) { return files }
    }
    throw .exists
  }

  /// The most files of one name, so that the search for a free number ends.
  private static let most = 10_000

  /// Creates the two files under exactly this name.
  ///
  /// - Returns: nil if the name exists already.
  private init?(in folder: String, named name: String) throws(SystemError) {
    let path = "\(folder)/\(name)"
    guard let output = try Descriptor.new(path + ".out") else { return nil }
    guard let messages = try Descriptor.new(path + ".err") else {
      Platform.remove(path + ".out")
      return nil
    }
    self.name = name
    self.path = path
    streams = Streams(output: output, messages: messages)
  }

  /// Copies the output into the files.
  ///
  /// - Throws: ``SystemError`` if the files cannot hold everything; they are removed then.
  func fill(from others: Streams, atMost limit: Int) throws(SystemError) {
    do {
      try others.output.copy(to: streams.output, atMost: limit)
      try others.messages.copy(to: streams.messages, atMost: limit)
    } catch {
      for end in [".out", ".err"] { Platform.remove(path + end) }
      throw error
    }
  }
}
