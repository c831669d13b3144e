/** Narrow pages put the two sides of a difference below each other; marks and words say what colours say. */
export const styleSheet = `
:root { color-scheme: light dark; --line: #8886; --removed: #d0312d22; --added: #1a7f3722; --soft: #8881; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { border-top: 2px solid var(--line); font-size: 1.2rem; margin-top: 2rem; overflow-wrap: anywhere; padding-top: 1rem; }
h3 { font-size: 1rem; margin-bottom: .5rem; }
h3 small { font-weight: normal; }
h4 { font-size: .95rem; margin: 1rem 0 .25rem; }
.summary { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; }
.summary b { font-size: 1.4rem; }
.problem { font-weight: bold; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: normal; opacity: .75; text-align: left; }
th, td { border-bottom: 1px solid var(--line); overflow-wrap: anywhere; padding: .25rem .5rem; vertical-align: top; }
tr.different > td:nth-child(2), tr.failed > td:nth-child(2), tr.could-not-run > td:nth-child(2), tr.ill-typed > td:nth-child(2) { font-weight: bold; }
pre { background: var(--soft); margin: 0; overflow-x: auto; padding: .5rem; }
pre, code { font: .85rem/1.45 ui-monospace, monospace; }
th, td:last-child { white-space: nowrap; }
.diff td:last-child { white-space: normal; }
.diff { table-layout: fixed; }
.diff td { border: 0; padding: 0 .5rem; }
.diff code { overflow-wrap: anywhere; white-space: pre-wrap; }
.diff .stored { background: var(--removed); border-left: 3px solid #d0312d; }
.diff .fresh { background: var(--added); border-left: 3px double #1a7f37; }
.mark { font-weight: bold; }
.pictures { display: flex; flex-wrap: wrap; gap: 1rem; }
.pictures figure { flex: 1 1 16rem; margin: 0; }
img { background: #fff; border: 1px solid var(--line); max-width: 100%; }
@media (max-width: 40rem) {
  body { padding: .5rem; }
  .diff, .diff thead, .diff tbody, .diff tr, .diff td { display: block; width: 100%; }
  .diff th { border: 0; display: inline-block; }
  .diff td:empty, .diff td.same + td.same { display: none; }
}
`;
