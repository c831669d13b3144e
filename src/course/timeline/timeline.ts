import { inspect } from "node:util";
import { loaded } from "../../missing-package.js";
import type { TaskRecord } from "../../pool/task-record.js";
import { isWatched } from "../checking/observations.js";
import { type Schedule, scheduleOf } from "./schedule.js";
import { scheduleTable } from "./table.js";

/** Choices for a timeline; none is needed. */
export interface TimelineOptions {
  /** Number of workers in the pool, so that those that ran nothing are shown too. Default: only those that ran something. */
  readonly workers?: number;
}

/** Tasks beyond which a picture cannot be pointed at any more. */
const mostPointable = 500;

/** Which worker ran which task, and when: a picture in a notebook, a table as text. */
export class Timeline {
  readonly #schedule: Schedule;

  constructor(records: readonly TaskRecord[], { workers = 0 }: TimelineOptions = {}) {
    this.#schedule = scheduleOf(records, Date.now(), workers);
  }

  /** The table as text, which says what the picture shows. */
  get table(): string {
    return scheduleTable(this.#schedule);
  }

  /** The picture, as the source of an SVG image. */
  async svg(): Promise<string> {
    const { schedulePicture } = await loaded(import("./picture.js"));
    return schedulePicture(this.#schedule);
  }

  /**
   * The picture and the table as one piece of HTML. Each task can be pointed at, or reached with the Tab key,
   * and then tells its facts; the colours follow a dark theme of JupyterLab or VS Code.
   */
  async html(): Promise<string> {
    const { scheduleHtml } = await loaded(import("./html.js"));
    return scheduleHtml(this.#schedule);
  }

  toString(): string {
    return this.table;
  }

  /**
   * The forms that a notebook shows when the timeline is the last expression of a cell; the HTML only where a person
   * sits at the front end, so that a notebook that is executed for readers holds the picture and the table.
   */
  async [Symbol.for("Jupyter.display")](): Promise<Record<string, string>> {
    const isPointable = isWatched() && this.#schedule.tasks.length <= mostPointable;
    return {
      ...(isPointable && { "text/html": await this.html() }),
      "image/svg+xml": await this.svg(),
      "text/plain": this.table,
    };
  }

  [inspect.custom](): string {
    return this.table;
  }
}

/**
 * Shows the tasks with these records over the workers that ran them. Tasks are numbered from 0, as the list is,
 * workers from 1 in the order of their first tasks; workers of several machines are shown machine by machine.
 * A task that has not ended is shown as far as this moment.
 *
 * Throws a TypeError if `records` is not a list of records.
 *
 * @example
 * timeline(pool.tasks)
 */
export function timeline(records: readonly TaskRecord[], options: TimelineOptions = {}): Timeline {
  if (!Array.isArray(records) || !records.every((record) => typeof record?.submitted === "number")) {
    throw new TypeError("Expected `records` to be a list of task records, such as `pool.tasks`");
  }
  return new Timeline(records, options);
}
