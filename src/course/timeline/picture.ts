import { scheduleDescription, scheduleTitle, waitingTasks } from "./description.js";
import { legend, type Panel, queuePanel, workersPanel } from "./panels.js";
import type { Schedule } from "./schedule.js";
import { failedPattern, ink, paper, width } from "./style.js";

/** Draws the schedule as one SVG: the workers, below them the queue if there is one, and what the signs mean. */
export function schedulePicture(schedule: Schedule): string {
  const waiting = waitingTasks(schedule);
  const panels: Panel[] = [workersPanel(schedule)];
  if (waiting.length > 0) {
    panels.push(queuePanel(schedule, waiting));
  }
  panels.push(legend());

  let height = 34;
  const placed = panels.map((panel) => {
    const group = `<g transform="translate(0,${height})">${panel.svg}</g>`;
    height += panel.height;
    return group;
  });
  const title = escapeText(scheduleTitle(schedule));
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" role="img" font-family="system-ui, sans-serif"',
    ` viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${title}</title><desc>${escapeText(scheduleDescription(schedule))}</desc>`,
    `<defs>${failedPattern}</defs><rect width="${width}" height="${height}" rx="6" fill="${paper}"/>`,
    `<text x="12" y="22" font-size="14" font-weight="600" fill="${ink}">${title}</text>`,
    ...placed,
    "</svg>",
  ].join("");
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
