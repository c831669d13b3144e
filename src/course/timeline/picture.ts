import { scheduleDescription, scheduleTitle, waitingTasks } from "./description.js";
import { escapeText } from "./escape-text.js";
import { legend, type Panel, queuePanel, workersPanel } from "./panels.js";
import { type Placed, pointableTasks } from "./pointing.js";
import type { Schedule } from "./schedule.js";
import { failedPattern, ink, paper, width } from "./style.js";

/** Draws the schedule as one SVG: the workers, below them the queue if there is one, and what the signs mean. */
export function schedulePicture(schedule: Schedule): string {
  const { panels, height } = place(schedule);
  return svgOf(schedule, height, 'role="img"', panelsOf(panels));
}

/** The same picture, in which each task can be pointed at or reached with the keyboard, and then tells its facts. */
export function pointablePicture(schedule: Schedule): string {
  const { panels, height } = place(schedule);
  const tasks = pointableTasks(panels, schedule, height);
  return svgOf(schedule, height + tasks.height, 'role="group"', [...panelsOf(panels), tasks.svg]);
}

function place(schedule: Schedule): { panels: (Panel & Placed)[]; height: number } {
  const waiting = waitingTasks(schedule);
  const panels: Panel[] = [workersPanel(schedule)];
  if (waiting.length > 0) {
    panels.push(queuePanel(schedule, waiting));
  }
  panels.push(legend());
  let height = 34;
  const placed = panels.map((panel) => {
    const top = height;
    height += panel.height;
    return { ...panel, top };
  });
  return { panels: placed, height };
}

function panelsOf(panels: (Panel & Placed)[]): string[] {
  return panels.map(({ svg, top }) => `<g transform="translate(0,${top})">${svg}</g>`);
}

function svgOf(schedule: Schedule, height: number, role: string, content: string[]): string {
  const title = escapeText(scheduleTitle(schedule));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${role} font-family="system-ui, sans-serif"`,
    ` viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${title}</title><desc>${escapeText(scheduleDescription(schedule))}</desc>`,
    `<defs>${failedPattern}</defs><rect width="${width}" height="${height}" rx="6" fill="${paper}"/>`,
    `<text x="12" y="22" font-size="14" font-weight="600" fill="${ink}">${title}</text>`,
    ...content,
    "</svg>",
  ].join("");
}
