import { timelineCss } from "../../course/timeline/html.js";

/** The style sheet of the site: light and dark, wide and narrow. */
export const siteStyle = `
:root { --paper: #ffffff; --ink: #1a1a1a; --soft: #555b66; --line: #d5d9e0; --code: #f5f6f8; --link: #0b4a8f; --mark: #e3eefb; }
:root[data-theme="dark"] { --paper: #14171c; --ink: #e8e8e8; --soft: #a9b1bd; --line: #333a45; --code: #1d2229; --link: #8fc2ff; --mark: #1d344f; color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 17px/1.6 system-ui, sans-serif; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px; z-index: 3; }
header { position: sticky; top: 0; z-index: 2; display: flex; gap: 12px; align-items: center; padding: 8px 20px; background: var(--paper); border-bottom: 1px solid var(--line); }
.home { font-weight: 600; text-decoration: none; color: var(--ink); flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.menu { display: none; position: relative; }
.menu summary { cursor: pointer; padding: 6px 0; }
.menu nav { position: absolute; max-height: 80vh; overflow: auto; left: 0; top: 100%; width: min(80vw, 340px); background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 4px 12px; }
.search { position: relative; }
.search input { font: inherit; font-size: 15px; padding: 5px 10px; width: 220px; max-width: 36vw; color: inherit; background: var(--code); border: 1px solid var(--soft); border-radius: 6px; }
.search ul { position: absolute; right: 0; top: 110%; width: min(86vw, 440px); max-height: 70vh; overflow: auto; margin: 0; padding: 6px; list-style: none; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; box-shadow: 0 6px 20px #0004; }
.search li a { display: block; padding: 6px 8px; border-radius: 4px; text-decoration: none; }
.search li a:hover, .search li a:focus { background: var(--mark); }
.search small { display: block; color: var(--soft); line-height: 1.35; }
.theme { font: inherit; width: 36px; height: 36px; color: inherit; background: none; border: 1px solid var(--soft); border-radius: 6px; cursor: pointer; }
html:not([data-theme]) :is(.search, .theme) { display: none; }
.columns { display: flex; max-width: 1180px; margin: 0 auto; }
.side { flex: 0 0 270px; padding: 20px; position: sticky; top: 54px; align-self: flex-start; max-height: calc(100vh - 54px); overflow: auto; font-size: 15px; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 5px 8px; border-radius: 4px; text-decoration: none; color: var(--ink); }
nav li a:hover { background: var(--mark); }
nav a[aria-current] { background: var(--mark); font-weight: 600; }
main { flex: 1; min-width: 0; padding: 10px 28px 60px; }
h1, h2, h3 { line-height: 1.25; margin: 1.6em 0 0.5em; scroll-margin-top: 64px; }
h1 { margin-top: 0.6em; }
pre { overflow-x: auto; margin: 0; padding: 12px 14px; background: var(--code); border-radius: 6px; font: 14px/1.5 ui-monospace, monospace; }
:not(pre) > code { background: var(--code); padding: 1px 5px; border-radius: 4px; font-size: 0.9em; overflow-wrap: anywhere; }
.cell { margin: 14px 0; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
.cell > pre { border-radius: 0; }
.exercise { border-left: 4px solid var(--link); }
.shiki, .shiki span { color: var(--shiki-light); }
[data-theme="dark"] .shiki, [data-theme="dark"] .shiki span { color: var(--shiki-dark); }
.shiki { background: var(--code) !important; }
details.answer { border-top: 1px solid var(--line); }
details.answer > summary { cursor: pointer; padding: 7px 14px; color: var(--link); }
.output { padding: 0 0 8px; }
.output pre { background: none; }
.output details > summary { cursor: pointer; padding: 4px 14px; color: var(--soft); }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: 5px 10px; text-align: left; vertical-align: top; }
img, .output svg { max-width: 100%; height: auto; }
${timelineCss}
@media (max-width: 860px) {
  .side { display: none; }
  .menu { display: block; }
  header { padding: 8px 12px; }
  .home { visibility: hidden; }
  main { padding: 6px 16px 50px; }
}
@media print { header, .side { display: none; } details.answer > .output { display: block; } }
`;
