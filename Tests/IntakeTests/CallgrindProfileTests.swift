import Intake
import Testing

@Test(
  "a profile of callgrind tells how many instructions there were",
  arguments: [
    ("events: Ir\nsummary: 572090\n\nfn=(1)\n0 12\n\ntotals: 572091\n", 572_090),
    ("events: Ir Dr Dw\nsummary: 30 20 10\n", 30),
    ("part: 1\nevents: Ir\nsummary: 3\npart: 2\nevents: Ir\nsummary: 4\ntotals: 8\n", 7),
    ("events: Ir\ntotals: 9\n", 9), ("events: Ir\nsummary: many\n", nil),
    ("events: Ir\nfn=(1)\n0 12\n", nil), ("events: Cy\nsummary: 3\n", nil), ("", nil),
  ] as [(String, Int64?)])
func callgrindProfile(text: String, instructions: Int64?) {
  #expect(CallgrindProfile.instructions(in: Array(text.utf8)) == instructions)
}
