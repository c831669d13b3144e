import { parseHTML } from "linkedom";
import * as Plot from "./plot.js";
import type { Schedule, ScheduledTask } from "./schedule.js";
import { alarm, calm, ink, marginLeft, marginRight, paper, running, width } from "./style.js";

const laneHeight = 34;
const queueRowHeight = 16;
const tallestQueue = 280;
const characterWidth = 6.8;

export interface Panel {
  readonly svg: string;
  readonly height: number;
  /** The places of its tasks, to be pointed at. */
  readonly spots: readonly Spot[];
}

/** The place of a task in a panel, in pixels. */
export interface Spot {
  readonly task: ScheduledTask;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The ends of a task's line in time, and its row. */
type Extent = (task: ScheduledTask) => [from: number, to: number, row: number];

/** A lane for each worker, a bar for each task that it ran; the lanes of each machine under its name, where there are several. */
export function workersPanel(schedule: Schedule): Panel {
  const tasks = schedule.tasks.filter(({ started }) => started !== undefined);
  const until = ({ ended }: ScheduledTask) => ended ?? schedule.end;
  const bars = (shown: ScheduledTask[], style: object) =>
    Plot.barX(shown, { y: "worker", x1: "started", x2: until, insetTop: 2, insetBottom: 2, rx: 2, ...style });
  const extent: Extent = (task) => [task.started ?? 0, until(task), task.worker ?? 0];
  const rows = rowsOf(schedule);
  const panel = draw(schedule, rows.length * laneHeight + 46, {
    marginBottom: 42,
    x: {
      axis: "bottom",
      label: "seconds since the first submission",
      labelAnchor: "center",
      labelArrow: "none",
    },
    y: {
      domain: rows,
      label: null,
      tickFormat: (row: Row) => (typeof row === "number" ? `worker ${row}` : ""),
      tickSize: 0,
    },
    marks: [
      Plot.gridX({ stroke: ink, strokeOpacity: 0.15 }),
      bars(
        tasks.filter(({ outcome }) => outcome === "succeeded"),
        calm,
      ),
      bars(
        tasks.filter(({ outcome }) => outcome === "running"),
        running,
      ),
      bars(tasks.filter(isFailed), alarm),
      Plot.text(tasks, {
        y: "worker",
        x: (task: ScheduledTask) => ((task.started ?? 0) + until(task)) / 2,
        text: (task: ScheduledTask) => barLabel(task, barWidth(task, until(task), schedule)),
        fill: ink,
        stroke: paper,
        strokeWidth: 5,
        strokeOpacity: 0.85,
      }),
      machineNames(rows),
    ],
  });
  return { ...panel, spots: spotsOf(panel.svg, tasks, extent), svg: panel.svg.outerHTML };
}

/** The number of a worker, or the heading of its machine. */
type Row = number | string;

const heading = "machine ";

function rowsOf({ workers, machines }: Schedule): readonly Row[] {
  if (machines.size < 2) {
    return workers;
  }
  const rows = [...machines].flatMap(([machine, own]): Row[] => [`${heading}${machine}`, ...own]);
  const idle = workers.filter((worker) => !rows.includes(worker));
  return idle.length === 0 ? rows : [...rows, `${heading}on none yet`, ...idle];
}

/** The headings, left of the lanes. */
function machineNames(rows: readonly Row[]): Plot.Markish {
  return Plot.text(
    rows.filter((row) => typeof row === "string"),
    {
      y: (row: Row) => row,
      frameAnchor: "left",
      dx: 9 - marginLeft,
      dy: 5,
      text: machineName,
      fontWeight: 600,
      fill: ink,
    },
  );
}

function machineName(row: Row): string {
  return String(row).slice(heading.length);
}

/** A dotted line for each task that had to wait, until it was started. */
export function queuePanel(schedule: Schedule, waiting: ScheduledTask[]): Panel {
  const rowHeight = Math.min(queueRowHeight, tallestQueue / waiting.length);
  const isLabelled = rowHeight >= 12;
  const until = ({ started, ended }: ScheduledTask) => started ?? ended ?? schedule.end;
  const labels = isLabelled ? waiting : waiting.slice(0, 1);
  const extent: Extent = (task) => [task.submitted, until(task), task.index];
  const panel = draw(schedule, waiting.length * rowHeight + 34, {
    marginTop: 24,
    marginBottom: 10,
    x: { axis: null },
    y: { domain: waiting.map(({ index }) => index), axis: null, padding: 0 },
    marks: [
      Plot.text(["waiting in the queue"], { frameAnchor: "top-left", dy: -20, fontWeight: 600, fill: ink }),
      Plot.ruleY(waiting, {
        y: "index",
        x1: "submitted",
        x2: until,
        stroke: ink,
        strokeWidth: isLabelled ? 2 : 1,
        strokeDasharray: isLabelled ? "1 5" : "1 3",
        strokeLinecap: "round",
      }),
      Plot.dot(isLabelled ? waiting : [], { y: "index", x: until, r: 2.5, fill: ink }),
      Plot.text(labels, {
        y: "index",
        x: "submitted",
        text: ({ index }: ScheduledTask) => (isLabelled ? `task ${index}` : `${waiting.length} tasks`),
        dx: -9,
        textAnchor: "end",
        lineAnchor: isLabelled ? "middle" : "top",
        fill: ink,
      }),
    ],
  });
  return { ...panel, spots: spotsOf(panel.svg, waiting, extent), svg: panel.svg.outerHTML };
}

/** The meaning of the signs. */
export function legend(): Panel {
  const sample = (x: number, style: typeof calm & { strokeDasharray?: string }, text: string) =>
    `<rect x="${x}" y="2" width="26" height="14" rx="2" ${attributes(style)}/><text x="${x + 34}" y="13">${text}</text>`;
  const signs = [
    sample(marginLeft, calm, "task"),
    sample(marginLeft + 96, alarm, "✗ failed task"),
    sample(marginLeft + 240, running, "… still running"),
    `<path d="M${marginLeft + 394},9h26" stroke="${ink}" stroke-width="2" stroke-dasharray="1 5" stroke-linecap="round"/>`,
    `<text x="${marginLeft + 428}" y="13">waiting</text>`,
  ];
  return {
    svg: `<g font-size="12" fill="${ink}" transform="translate(0,8)">${signs.join("")}</g>`,
    height: 36,
    spots: [],
  };
}

type Drawing = ReturnType<typeof Plot.plot>;

function draw(
  { end }: Schedule,
  height: number,
  { x, y, ...options }: Plot.PlotOptions,
): { svg: Drawing; height: number } {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const svg = Plot.plot({
    document,
    width,
    height,
    marginTop: 4,
    marginLeft,
    marginRight,
    style: { color: ink, fontSize: "12px" },
    ...options,
    x: { type: "linear", domain: [0, end || 1], ...x },
    y: { type: "band", ...y },
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return { svg, height };
}

function spotsOf(svg: Drawing, tasks: readonly ScheduledTask[], extent: Extent): Spot[] {
  const [x, y] = [svg.scale("x"), svg.scale("y")];
  if (!x || !y) {
    return [];
  }
  return tasks.map((task) => {
    const [from, to, row] = extent(task);
    const left = x.apply(from);
    const width = Math.max(4, x.apply(to) - left);
    return { task, x: left, y: y.apply(row), width, height: y.bandwidth ?? 0 };
  });
}

function barWidth({ started = 0 }: ScheduledTask, until: number, { end }: Schedule): number {
  return ((until - started) / (end || 1)) * (width - marginLeft - marginRight);
}

function barLabel({ index, name, outcome }: ScheduledTask, available: number): string {
  const sign = outcome === "succeeded" ? "" : outcome === "running" ? "… " : "✗ ";
  const candidates = [`${sign}${index} ${name}`, `${sign}${index}`, `${index}`];
  return candidates.find((label) => label.length * characterWidth < available - 4) ?? "";
}

function isFailed({ outcome }: ScheduledTask): boolean {
  return outcome === "failed" || outcome === "cancelled" || outcome === "lost";
}

function attributes(style: object): string {
  return Object.entries(style)
    .map(([name, value]) => `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${value}"`)
    .join(" ");
}
