/// A folder for all that launches printed which failed, for whoever asks afterwards why they did.
package struct OutputFolder: Hashable, Sendable {
  let path: String
  /// What messages call it.
  let name: String

  /// Makes the folder, and those that it lies in, where they are missing.
  ///
  /// - Parameter name: As it was typed.
  /// - Throws: ``SystemError`` where it is no folder, or no file can be made in it.
  package init(at path: String, name: String) throws(SystemError) {
    self.path = path
    self.name = name
    try Platform.makeFolder(path)
    // Only an attempt tells; the file has no name any more.
    _ = try Descriptor.temporary(in: path)
  }

  /// Where the output of a launch goes if it fails.
  ///
  /// - Parameter words: Of what it is a launch, such as benchmark and side; data of others, so any
  ///   characters.
  package func place(_ words: String?...) -> OutputPlace {
    OutputPlace(folder: self, words: words.compactMap(\.self))
  }
}

/// The name under which the output of a launch is kept if it fails.
package struct OutputPlace: Hashable, Sendable {
  let folder: OutputFolder
  let words: [String]

  /// Keeps what a launch printed in two new files.
  ///
  /// - Parameters:
  ///   - limit: In bytes, of either stream; what comes after that is not kept.
  ///   - launch: Which one it was: `round 3`.
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

/// Two files that were not there before, for the output of one launch.
private struct OutputFiles {
  /// Of both, without `.out` and `.err`.
  let name: String
  private let path: String
  private let streams: Streams

  /// - Parameter name: Where something is called so already, a number is added.
  static func new(in folder: String, named name: String) throws(SystemError) -> OutputFiles {
    for number in 1...most {
      let name = number == 1 ? name : "\(name)-\(number)"
      if let files = try OutputFiles(in: folder, named: name) { return files }
    }
    throw .exists
  }

  /// Of one name, so that nobody looks for the next one forever.
  private static let most = 10_000

  /// - Returns: nil where something is called so already.
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

  /// - Throws: ``SystemError`` where they cannot hold everything; they are gone then.
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
