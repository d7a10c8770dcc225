extension HTML.Markup {
  /// The style of the page, by day, by night, on a phone and on paper. The colors of better and
  /// worse are blue and orange, which everybody can tell apart; on either ground all text has a
  /// contrast of 4.5 or more.
  static let style: HTML.Markup = """
    :root { color-scheme: light dark; --page: #fff; --ink: #1c1d1f; --quiet: #5b5f66;
      --rule: #d9dce0; --band: #eef1f4; --base: #7a818b; --worse: #b3400a; --better: #005fa3;
      --doubt: #7a5b00 }
    @media (prefers-color-scheme: dark) { :root { --page: #15171a; --ink: #e6e7e9; --quiet: #a3a8b0;
      --rule: #3a3e45; --band: #24282e; --base: #8f97a1; --worse: #ff9a62; --better: #6fb9f5;
      --doubt: #dcb54a } }
    body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; background: var(--page);
      color: var(--ink); font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem }
    h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
    h3 { font-size: 1rem; margin: 0 }
    p { margin: .25rem 0 }
    code { font: .9em ui-monospace, monospace; unicode-bidi: isolate; white-space: pre-wrap }
    small, dt, footer { color: var(--quiet); font-size: .87rem; font-weight: normal }
    .worse { --tone: var(--worse) } .better { --tone: var(--better) }
    .doubt { --tone: var(--doubt) } .plain { --tone: var(--ink) }
    .verdict { color: var(--tone); font-weight: 600 }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0 }
    dd { margin: 0 }
    article { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 26rem);
      gap: .25rem 1.5rem; align-items: center; padding: .75rem 0; border-top: 1px solid var(--rule);
      break-inside: avoid; content-visibility: auto; contain-intrinsic-size: auto 8rem }
    svg { display: block; width: 100%; font: 110px system-ui, sans-serif;
      print-color-adjust: exact }
    svg text { fill: var(--quiet) } svg .tick { text-anchor: middle }
    svg path { fill: none; stroke: var(--quiet); stroke-width: 10 }
    svg .limit { fill: var(--band); stroke: none }
    svg .origin { stroke-dasharray: 20 30 }
    svg .dots { stroke-width: 44; stroke-linecap: round }
    svg .base { stroke: var(--base) } svg .head { stroke: var(--tone) }
    svg .median { stroke: var(--ink); stroke-width: 20 }
    svg .interval { stroke: var(--ink); stroke-width: 16 }
    .key { display: flex; flex-wrap: wrap; gap: .1rem 1.25rem; color: var(--quiet);
      font-size: .87rem; margin-bottom: .75rem }
    .key svg { display: inline-block; width: 1.6rem; height: 1rem; vertical-align: -.15rem }
    .scroll { overflow-x: auto }
    table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums;
      font-size: .93rem }
    th, td { text-align: left; font-weight: normal; vertical-align: top; padding: .3rem .75rem .3rem 0;
      border-bottom: 1px solid var(--rule) }
    thead th { color: var(--quiet) }
    .number { text-align: right; white-space: nowrap }
    details { margin: .5rem 0 } summary { cursor: pointer }
    ul { padding-left: 1.25rem; margin: .25rem 0 }
    footer { margin-top: 2rem; border-top: 1px solid var(--rule); padding-top: .5rem }
    @media (max-width: 46rem) { body { margin-top: 1rem }
      article { grid-template-columns: minmax(0, 1fr) }
      dl { grid-template-columns: 1fr } dd { margin-bottom: .35rem } }
    @media print { body { margin: 0; max-width: none; font-size: 10pt }
      article { content-visibility: visible } }

    """
}
