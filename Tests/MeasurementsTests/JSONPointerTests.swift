import Measurements
import Testing

@Suite("A JSON pointer leads to a value (RFC 6901)")
struct JSONPointerTests {
  /// The document of section 5 of the RFC.
  private static let document = """
    {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5, "k\\"l": 6,
     " ": 7, "m~n": 8}
    """

  @Test(
    "as the RFC has it",
    arguments: [
      ("/foo/0", JSONValue.string("bar")), ("/", .integer(0)), ("/a~1b", .integer(1)),
      ("/c%d", .integer(2)), ("/e^f", .integer(3)), ("/g|h", .integer(4)), ("/i\\j", .integer(5)),
      ("/k\"l", .integer(6)), ("/ ", .integer(7)), ("/m~0n", .integer(8)),
    ])
  func known(text: String, value: JSONValue) throws {
    var reader = JSONReader(Array(Self.document.utf8))
    let document = try reader.value()
    #expect(JSONPointer(text)?.value(in: document) == value)
    #expect(JSONPointer("")?.value(in: document) == document)
  }

  @Test(
    "to no value, where there is none",
    arguments: ["/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/0/x"])
  func absent(text: String) throws {
    var reader = JSONReader(Array(Self.document.utf8))
    #expect(try JSONPointer(text)?.value(in: reader.value()) == nil)
  }

  @Test("or is none", arguments: ["foo", "/a~2", "/a~", "#/foo"])
  func invalid(text: String) { #expect(JSONPointer(text) == nil) }
}
