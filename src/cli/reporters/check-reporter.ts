import type { NotebookCheck } from "../../checker/notebook-check.js";
import type { RunEvent } from "../../runner/index.js";
import { Screen } from "../terminal/screen.js";
import { annotations } from "./check-annotations.js";
import { checkJson } from "./check-json.js";
import { describeCheck, describeTotals } from "./check-lines.js";
import { totalsOf } from "./check-totals.js";
import { EventLog } from "./run/event-log.js";
import { type ReportPlaces, writeReports } from "./write-reports.js";

export interface ReportOptions extends ReportPlaces {
  /** Takes the steps as lines of JSON. */
  events?: string;
}

/** A command that checks notebooks, and the JSON that it prints instead of its findings. */
export interface CheckCommand {
  name: string;
  json(): string;
}

/** Tells of a check: on a terminal what runs now, everywhere each notebook when it has ended, and files at the end. */
export class CheckReporter {
  #options: ReportOptions;
  #screen: Screen;
  #problems = new Screen(process.stderr);
  #events: EventLog | undefined;
  #running = new Map<string, string>();

  constructor(options: ReportOptions, screen: Screen) {
    this.#options = options;
    this.#events = options.events === undefined ? undefined : new EventLog(options.events);
    this.#screen = screen;
  }

  started(file: string): void {
    this.#show(file, file);
  }

  event(file: string, event: RunEvent): void {
    this.#events?.event(file, event);
    if (event.type === "cell-started") {
      this.#show(file, `${file} ${event.number}/${event.count}`);
    }
  }

  ended(check: NotebookCheck): void {
    this.#show(check.path, undefined);
    const { path, status, problem, duration, updated } = check;
    this.#events?.ended(path, { status, problem, duration, updated });
    const screen = check.status === "could-not-run" ? this.#problems : this.#screen;
    for (const line of describeCheck(check, (style, text) => screen.style(style, text))) {
      screen.line(line);
    }
  }

  watching(count: number): void {
    this.#screen.line(`Watching ${count === 1 ? "1 notebook" : `${count} notebooks`}; Ctrl-C ends`);
  }

  async end(checks: NotebookCheck[], command?: CheckCommand): Promise<void> {
    const totals = totalsOf(checks);
    for (const line of describeTotals(totals)) {
      this.#screen.line(line);
    }
    if (process.env.GITHUB_ACTIONS) {
      for (const line of annotations(checks)) {
        this.#screen.line(line);
      }
    }
    await writeReports(this.#options, {
      command: command?.name ?? "check",
      findings: checks,
      json: () => command?.json() ?? checkJson(checks),
      close: async () => await this.#events?.close(),
    });
  }

  #show(file: string, progress: string | undefined): void {
    if (progress === undefined) {
      this.#running.delete(file);
    } else {
      this.#running.set(file, progress);
    }
    this.#screen.status([...this.#running.values()].join(" · "));
  }
}
