/// One event of a stream that a server sends (`text/event-stream`).
///
/// Definition: https://html.spec.whatwg.org/multipage/server-sent-events.html
struct StreamEvent {
  /// The line of its first `data:`.
  let line: Int
  let data: String
}

extension Input {
  /// True if the input is such a stream and one of the words is in quotes in its first 40 lines.
  func isEventStream(with words: String...) -> Bool {
    guard outline == nil, let text = file?.text else { return false }
    return Lines(text: text).lazy.prefix(40).contains { line in
      line.text.hasPrefix("data:") && words.contains { line.text.contains("\"\($0)\"") }
    }
  }

  /// The events that have data, in their order.
  ///
  /// - Throws: ``InputError`` for a line that no stream has.
  func streamEvents() throws(InputError) -> [StreamEvent] {
    var events: [StreamEvent] = []
    var open: StreamEvent?
    for line in try lines() {
      if line.text.isEmpty {
        if let event = open { events.append(event) }
        open = nil
      } else if line.text.hasPrefix("data:") {
        let data = line.text.dropFirst(5).drop { $0 == " " }
        open = StreamEvent(
          line: open?.line ?? line.number, data: open.map { "\($0.data)\n\(data)" } ?? String(data))
      } else if !Self.passes(line.text) {
        throw error(
          "no line of an event stream", line: line.number, text: String(line.text),
          hint: "it is neither JSON nor an event stream; where a program prints other lines as "
            + "well, let it write a file, and name that with `output`")
      }
    }
    return events + [open].compactMap(\.self)
  }

  /// True for lines that are skipped: comments, names of events, which the data repeat, and lines
  /// for the connection only.
  private static func passes(_ line: Substring) -> Bool {
    [":", "event:", "id:", "retry:"].contains(where: line.hasPrefix)
  }
}

extension ResultBuilder {
  /// Passes the data of every event to `read`. Events that are not JSON, or for which `read`
  /// throws, are refused, or skipped if the input is read leniently. `[DONE]` marks the end of a
  /// stream and is no data.
  mutating func eachEvent(
    _ read: (inout ResultBuilder, JSONNode) throws(InputError) -> Void
  ) throws(InputError) {
    for event in try input.streamEvents() where event.data != "[DONE]" {
      try attempt { (builder) throws(InputError) in
        try read(&builder, try builder.input.jsonNode(of: event.data, on: event.line))
      }
    }
  }
}
