import CommandLine
import Testing

@Suite struct HelpTests {
  @Test("the long help has everything, wrapped to the width")
  func long() {
    let expected = """
      Usage: perf-gate [options] [<revision|file>]
             perf-gate --pre-push [<remote> <url>]

      Judge whether a commit is slower than its baseline, by the runs in its git
      notes.

      Arguments:
        <revision|file>            what to judge (HEAD)

      Judging:
            --against <revision|file>
                                   compare with exactly this
            --base <revision>      the branch whose history holds the baselines, and
                                   where a walk begins; default: origin/HEAD, main or
                                   master
            --alpha <alpha>        chance of a false alarm
            --threshold <percent>  smallest change that counts
            --rounds <n>           newest rounds
            --strict               fail on inconclusive results
            --pre-push             judge what git's hook names on stdin

      Reports:
            --report <rendering>[=<file>]
                                   what to write, and where; may be repeated

      Common:
        -C <dir>                   run as if started in <dir>
            --notes-ref <ref>      where runs are kept
            --color auto|always|never
                                   when to color
        -q, --quiet                say only what went wrong
        -v, --verbose              say more
        -h                         print a summary of the options
            --help                 print this help, with examples
            --version              print the version
            --completions bash|zsh|fish
                                   print a completion script for a shell
            --manual               print a manual page, for `man -l -`

      Examples:
        # compare HEAD with a release
        perf-gate --against v1.2.0
        # write the comment for a pull request
        perf-gate --report markdown=perf.md

      Exit statuses:
        0  no regression
        1  regression

      """
    #expect(gate.help(.long) == expected)
    #expect(gate.help(.long).split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("the short help has a line per option")
  func short() {
    let expected = """
      Usage: perf-record [options] -- <command> [argument ...]
             perf-record --import <file> ...

      Options:
            --import                     read results instead of measuring
            --label <text>               it's a [nasty]: "$(help)" \\ `x`

      Common:
        -h                               print a summary of the options
            --help                       print this help, with examples
            --version                    print the version
            --completions bash|zsh|fish  print a completion script for a shell
            --manual                     print a manual page, for `man -l -`

      """
    #expect(record.help(.short) == expected)
    #expect(gate.help(.short).contains("baselines, and where a walk begins\n"))
  }

  @Test("text is wrapped at spaces, and never to less than is readable")
  func wrapping() {
    #expect("".wrapped(to: 30) == [])
    #expect("one two three four five six".wrapped(to: 20) == ["one two three four", "five six"])
    #expect("one two three four five six".wrapped(to: 1) == ["one two three four", "five six"])
    #expect("a \(String(repeating: "x", count: 25)) b".wrapped(to: 20).count == 3)
  }

  @Test("the version names the program")
  func version() {
    #expect(gate.versionLine == "perf-gate 0.1.0")
  }
}
