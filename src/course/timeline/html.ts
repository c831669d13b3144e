import { scheduleDescription } from "./description.js";
import { escapeText } from "./escape-text.js";
import { pointablePicture } from "./picture.js";
import type { Schedule } from "./schedule.js";
import { alarm, calm, failedColours, ink, paper } from "./style.js";
import { scheduleTable } from "./table.js";

/** The colours of a dark theme, in place of those that the picture has by itself. */
const dark: Record<string, string> = {
  [ink]: "#e8e8e8",
  [paper]: "#1f2328",
  [calm.fill]: "#1e4668",
  [calm.stroke]: "#9ecbf2",
  [alarm.stroke]: "#ff9d8f",
  [failedColours.paper]: "#4d221c",
  [failedColours.stripe]: "#a9493c",
};

/** JupyterLab, VS Code and the course's site say in this way that they are dark. */
const darkThemes = [
  '[data-jp-theme-light="false"]',
  ".vscode-dark",
  ".vscode-high-contrast",
  '[data-theme="dark"]',
];

/** The style of a picture in a page that follows a theme. */
export const timelineCss = [
  ".poolbook-timeline svg{max-width:100%;height:auto}",
  ".poolbook-timeline .facts{visibility:hidden;pointer-events:none}",
  ".poolbook-timeline .prompt{visibility:visible}",
  ".poolbook-timeline .task:hover .facts,.poolbook-timeline .task:focus .facts{visibility:visible}",
  ".poolbook-timeline svg:has(.task:hover,.task:focus) .prompt{visibility:hidden}",
  ".poolbook-timeline svg:has(.task:hover) .task:focus:not(:hover) .facts{visibility:hidden}",
  `.poolbook-timeline .task:hover rect,.poolbook-timeline .task:focus rect{stroke:${ink};stroke-width:2.5}`,
  ".poolbook-timeline .task:focus{outline:none}",
  ...darkThemes.map((theme) => darkCss(`${theme} .poolbook-timeline`)),
].join("");

/** Puts the picture itself in place of the image of it, so that a pointer reaches its tasks. */
const becomePicture = "this.outerHTML=decodeURIComponent(this.src.split(',')[1])";

/**
 * The schedule as HTML: a picture whose tasks tell their facts, in the colours of the theme, and the table. A front end that
 * does not trust the notebook drops the handler, and shows the picture as an image.
 */
export function scheduleHtml(schedule: Schedule): string {
  const source = `data:image/svg+xml,${encodeURIComponent(pointablePicture(schedule))}`;
  return [
    `<div class="poolbook-timeline"><style>${timelineCss}</style>`,
    `<img alt="${escapeText(scheduleDescription(schedule))}" src="${source}" onload="${becomePicture}">`,
    `<details><summary>The same as a table</summary><pre>${escapeText(scheduleTable(schedule))}</pre></details></div>`,
  ].join("");
}

function darkCss(scope: string): string {
  const colours = Object.entries(dark).flatMap(([light, dark]) => [
    `${scope} [fill="${light}"]{fill:${dark}}`,
    `${scope} [stroke="${light}"]{stroke:${dark}}`,
  ]);
  const focus = `${scope} .task:hover rect,${scope} .task:focus rect{stroke:${dark[ink]}}`;
  return [...colours, `${scope} svg svg{color:${dark[ink]}!important}`, focus].join("");
}
