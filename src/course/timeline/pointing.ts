import { escapeText } from "./escape-text.js";
import type { Panel } from "./panels.js";
import { formatSeconds, type Schedule, type ScheduledTask, waitOf, workerName } from "./schedule.js";
import { ink, marginLeft, width } from "./style.js";

/** The beginning of a panel, in pixels from the top of the picture. */
export interface Placed {
  readonly top: number;
}

const height = 30;
const prompt = "Point at a task, or go to it with the Tab key: here you see its facts.";

/** A region over each task, and the line below the picture in which the facts of one of them appear. */
export function pointableTasks(
  panels: readonly (Panel & Placed)[],
  schedule: Schedule,
  bottom: number,
): { svg: string; height: number } {
  const line = (text: string, name: string) =>
    `<text class="${name}" visibility="hidden" x="${marginLeft}" y="${bottom + 12}" font-size="12.5" fill="${ink}">${escapeText(text)}</text>`;
  const regions = panels.flatMap(({ spots, top }) =>
    spots.map(({ task, x, y, width, height }) => {
      const facts = factsOf(task, schedule);
      const region = `<rect x="${round(x)}" y="${round(top + y)}" width="${round(width)}" height="${round(height)}" fill="transparent"/>`;
      return `<g class="task" tabindex="0" role="img" aria-label="${escapeText(facts)}">${region}${line(facts, "facts")}</g>`;
    }),
  );
  const rule = `<path d="M12,${bottom - 6}h${width - 24}" stroke="${ink}" stroke-opacity="0.15"/>`;
  return { svg: [rule, line(prompt, "prompt"), ...regions].join(""), height };
}

function factsOf(task: ScheduledTask, schedule: Schedule): string {
  const { index, name, worker, started, ended, outcome } = task;
  const ran =
    started === undefined
      ? "never started"
      : `ran from ${formatSeconds(started)} to ${ended === undefined ? "now" : formatSeconds(ended)}`;
  const where = worker === undefined ? "no worker" : workerName(schedule, worker);
  return `task ${index} ${name}: ${where}, waited ${formatSeconds(waitOf(task, schedule.end))}, ${ran}, ${outcome}`;
}

function round(x: number): number {
  return Math.round(x * 10) / 10;
}
