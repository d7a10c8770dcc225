import Formats
import Foundation
import Measurements
import Testing

@Suite struct InputTests {
  private static let empty =
    "check that the tool ran its benchmarks, and where it writes what they gave"

  @Test(
    arguments: [
      ([UInt8](), "x: nothing in it", empty),
      ([0xef, 0xbb, 0xbf], "x: nothing in it", empty),
      (
        [0xff, 0xfe, 0x7b, 0x00], "x: UTF-16 text, not UTF-8",
        "convert it with `iconv -f UTF-16 -t UTF-8`; PowerShell's `>` writes it"
      ),
      ([0x7f, 0x45, 0x4c, 0x46, 0x00], "x: not UTF-8 text", nil),
      ([0x61, 0xff], "x: not UTF-8 text", nil),
    ] as [([UInt8], String, String?)])
  func `bytes that are no text are refused with a reason`(
    bytes: [UInt8], message: String, hint: String?
  ) {
    let error = #expect(throws: InputError.self) {
      try Format.detect(Input(name: "x", bytes: bytes))
    }
    #expect(error?.description == message)
    #expect(error?.hint == hint)
  }

  @Test func `lines end with a line feed, with or without a carriage return`() throws {
    let lines = try Array(Input.of("a\r\n\nb\rc\nd").lines())
    #expect(lines.map(\.text) == ["a", "", "b\rc", "d"])
    #expect(lines.map(\.number) == [1, 2, 3, 4])
    #expect(try Array(Input.of("a\n").lines()).count == 1)
  }

  @Test func `a missing file is named`() {
    let error = #expect(throws: InputError.self) { try Input(path: "/no/such/file.json") }
    #expect(error?.description == "/no/such/file.json: no such file or directory")
    #expect(throws: InputError.self) { try Input(path: "") }
  }

  @Test func `a directory lists its files and loads them when asked`() throws {
    let input = try fixture("perf")
    let directory = try #require(input.directory)
    #expect(directory.files == ["document.json", "lines.jsonl"])
    #expect(try directory.input(at: "lines.jsonl").outline?.second != nil)
    #expect(throws: InputError.self) { try directory.input(at: "none.json") }
    #expect(throws: InputError.self) { try Format.perf.read(input) }
    #expect(throws: InputError.self) { try Format.detect(input) }
  }

  @Test func `an offending text is shortened to one line`() {
    let error = InputError(
      "wrong", input: "x", line: 3, text: String(repeating: "ab \t", count: 90))
    #expect(error.text?.count == 80)
    #expect(error.text?.hasPrefix("ab ab ab") == true)
    #expect(error.text?.hasSuffix("…") == true)
  }
}

@Suite struct JSONOutlineTests {
  @Test func `keys are listed with those above them`() {
    let outline = Input.of(#"[{"a": [{"b": 1}, {"c": {}}]}, {"d\"": "[x]"}]"#).outline
    #expect(outline?.keys == ["[].a", "[].a[].b", "[].a[].c", "[].d\""])
    #expect(outline?.offence == nil && outline?.second == nil)
  }

  @Test func `text that does not begin as an object or array has no outline`() {
    #expect(Input.of("12").outline == nil)
    #expect(Input.of("  \n").outline == nil)
  }

  @Test func `JSON that is fine has no offence`() {
    let texts = [
      "{}", "[]", "[-0.5e-3, 0, 10, 1E+2, -0]", #"["\u00e9\n\\"]"#, "[true, false, null]",
      "{\"a\" : {\"b\" : []} }\n", "[123456789012345678901234567890]",
    ]
    for text in texts { #expect(Input.of(text).outline?.offence == nil, "\(text)") }
  }

  @Test(arguments: [
    ("{\"a\": 1,}", "expected a key in quotes, found '}'"),
    ("[1,]", "expected a JSON value, found ']'"),
    ("[1 2]", "expected ',' or ']', found a number"), ("{\"a\" 1}", "expected ':', found a number"),
    ("{a: 1}", "expected a key in quotes, found 'a'"),
    ("[01]", "not a number as JSON writes it"), ("[1.]", "not a number as JSON writes it"),
    ("[-]", "not a number as JSON writes it"), ("[1e]", "not a number as JSON writes it"),
    ("[.5]", "expected a JSON value, found '.5'"),
    ("[tru]", "expected a JSON value, found 'tru'"),
    ("['a']", "expected a JSON value, found ''a''"),
    ("[\"a\nb\"]", "a line break or control character in a string"),
    ("[\"\\x\"]", "an escape that JSON does not know, in a string"),
    ("[\"\\u12\"]", "an escape that JSON does not know, in a string"),
    ("[1e-400]", "a number too small for a double: 1e-400"),
    ("[] x", "more text after the JSON value"),
    ("[\"a", "the JSON ends in the middle of a string"), ("[", "the JSON ends in the middle"),
    (String(repeating: "[", count: 600), "nested too deeply"),
  ]) func `the first offence is described`(text: String, problem: String) {
    #expect(Input.of(text).outline?.offence?.problem == problem)
  }
}
