/** The tables and pictures of HTML outputs. */
export const outputStyle =
  "table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.2em .6em;text-align:right}img,svg{max-width:100%;height:auto}";

/** Light and dark, wide, narrow and printed. */
export const pageStyle = `
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --warn: #d0312d18; }
* { box-sizing: border-box; }
body { font: 16px/1.55 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; overflow-wrap: break-word; padding: 1rem; }
pre, code { font: .85rem/1.45 ui-monospace, monospace; }
pre { margin: 0; overflow-x: auto; padding: .5rem .75rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.code { margin: 1rem 0; }
.source, .text pre { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; white-space: pre; }
.input { display: grid; grid-template-columns: minmax(0, 1fr); }
.prompt { color: GrayText; font-size: .75rem; text-align: right; }
.output { margin: .25rem 0; overflow-x: auto; }
.output.html { contain: content; padding: .25rem .75rem; }
.stderr, .error { background: var(--warn); }
.text { contain: layout paint; }
.text table { border-collapse: collapse; }
.text th, .text td { border: 1px solid var(--line); padding: .2rem .6rem; }
.note { color: GrayText; font-style: italic; }
blockquote { border-left: 3px solid var(--line); margin-left: 0; padding-left: 1rem; }
img { max-width: 100%; }
summary { cursor: pointer; }
.bold { font-weight: bold; }
.tok-keyword, .fg-magenta { color: light-dark(#8250df, #d2a8ff); }
.tok-string, .tok-string2, .fg-blue { color: light-dark(#0a3069, #a5d6ff); }
.tok-number, .tok-bool, .tok-atom, .fg-cyan { color: light-dark(#0550ae, #79c0ff); }
.tok-comment { color: light-dark(#59636e, #9198a1); font-style: italic; }
.tok-typeName, .tok-className, .fg-yellow { color: light-dark(#7d4e00, #e3b341); }
.fg-red { color: light-dark(#a40e26, #ff7b72); }
.fg-green { color: light-dark(#116329, #7ee787); }
.fg-white, .fg-black { color: inherit; }
.bg-red { background: #d0312d44; } .bg-green { background: #1a7f3744; } .bg-yellow { background: #bf870044; }
.bg-blue { background: #0969da44; } .bg-magenta { background: #8250df44; } .bg-cyan { background: #1b7c8344; }
@media (min-width: 68rem) { .prompt { height: 0; position: relative; left: -100%; top: .5rem; padding-right: .5rem; } }
@media print { body { max-width: none; } .output, pre { overflow: visible; white-space: pre-wrap; } }
`;
