import { channel } from "node:diagnostics_channel";
import { sep } from "node:path";
import timers from "node:timers";
import type { JsonObject } from "../../jupyter/json-object.js";
import type { ConvertedCell, Language } from "../../language/index.js";
import { bare } from "../shared/bare.js";
import { intact, lookForChanges } from "../shared/intact-builtins.js";
import { OwnSet } from "../shared/own-collections.js";
import { type ExecuteRequest, type Failure, interrupted } from "../shared/thread-messages.js";
import { compile } from "./cell/cell-function.js";
import type { CellModules } from "./cell/cell-modules.js";
import { type Cell, newCell, runInCell } from "./cell/current-cell.js";
import { describeDiagnostics } from "./failures/compile-failure.js";
import { sayPlaceInModule } from "./failures/module-syntax.js";
import { attempt } from "./failures/shown-text.js";
import { describeFailure } from "./failures/thrown-failure.js";
import { isTerminated } from "./interrupts/async-hooks.js";
import { endInterrupted } from "./interrupts/interrupted-code.js";
import { reportFailedDisplay } from "./output/failed-display.js";
import { mimeBundle } from "./output/mime-bundle.js";
import type { ProtocolThread } from "./protocol-thread.js";
import { SessionState } from "./session-state.js";
import { type SharedWithCells, shareWithCells } from "./shared-with-cells.js";
import { tellOfCell } from "./tell-of-cell.js";

// Cells may put other functions in the place of these.
const { setImmediate } = timers;
const { keys } = Object;
const { allSettled } = Promise;
const { apply } = Reflect;

const interruptChannel = channel("poolbook.interrupt");

/** Runs cells: those of one shell one after another, and those of several when the others wait. */
export class Executor {
  readonly state: SessionState;
  readonly #language: Language;
  readonly #protocol: ProtocolThread;
  readonly #modules: CellModules;
  readonly #require: NodeJS.Require;
  readonly #folder = process.cwd();
  readonly #extension: string;
  /** The value of `__tslab__` for the text of cells. */
  readonly #shared: SharedWithCells;
  readonly #running = new OwnSet<Cell>();
  #unnumbered = 0;

  constructor(language: Language, protocol: ProtocolThread, modules: CellModules, extension: string) {
    this.#language = language;
    this.#protocol = protocol;
    this.#modules = modules;
    this.#extension = extension;
    this.state = new SessionState(language);
    this.#require = modules.requireFrom(this.#folder);
    this.#shared = shareWithCells({
      exports: this.state.exports,
      knownSession: (withSources) => this.state.known(withSources),
      require: this.#require,
      folder: this.#folder,
      language,
      modules,
    });
    Object.assign(globalThis, { __tslab__: this.#shared });
  }

  /** Ends the running cells as interrupted, and tells who works for them elsewhere. */
  interrupt(): void {
    this.#shared.afterInterrupt?.();
    this.#shared.afterInterrupt = undefined;
    const cells = intact(() => [...this.#running]);
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index] as Cell;
      // First, so that output so far comes before the end of the cell.
      this.#protocol.closePipes(cell);
      cell.fail?.(interrupted);
      endInterrupted(cell);
    }
    // Behind the cells, which otherwise might fail by what a pool cancels.
    attempt(() => interruptChannel.publish(undefined));
  }

  /** `done` gets the content of the reply, when the cell and what it did at once are over. */
  execute(id: number, request: ExecuteRequest, done: (content: JsonObject) => void): void {
    const name = this.#nameOf(request);
    const cell = newCell(id, name, request);
    tellOfCell(request, "running");
    this.#running.add(cell);
    let fail: (() => void) | undefined;
    let isPublished = false;
    // An interrupt may stop this at any place and then calls it again.
    const finish = (failure: Failure | undefined, expressions: JsonObject = {}) => {
      if (!this.#running.has(cell)) {
        return;
      }
      if (failure && fail) {
        this.#protocol.guarded(fail);
      }
      fail = undefined;
      if (failure && !isPublished) {
        isPublished = true;
        this.#protocol.publish(cell, "error", failure);
      }
      done(failure ? { status: "error", ...failure } : { status: "ok", user_expressions: expressions });
      cell.fail = undefined;
      this.#running.delete(cell);
      cell.closePipes?.();
      tellOfCell(request, failure ? "failed" : "ok");
      lookForChanges();
    };
    cell.fail = (error) => finish(error === interrupted ? interrupted : describeFailure(error));
    try {
      const prepared = this.#protocol.guarded(() => this.#begin(request.code, name));
      if ("failure" in prepared) {
        finish(prepared.failure);
        return;
      }
      fail = prepared.fail;
      // An interrupt drops promises that wait, so that this may never come back: then `interrupt` finishes the cell.
      setImmediate(() => {
        if (!this.#running.has(cell)) {
          return;
        }
        this.#protocol.release();
        runInCell(cell, () => {
          void this.#runToEnd(cell, prepared.converted, request, finish);
        });
      });
    } catch (error) {
      finish(describeFailure(error));
    }
  }

  #nameOf({ executionCount, silent }: ExecuteRequest): string {
    const number = silent ? `silent ${++this.#unnumbered}` : executionCount;
    return `cell[${number}].${this.#extension}`;
  }

  #begin(code: string, name: string): { failure: Failure } | { converted: ConvertedCell; fail: () => void } {
    const prepared = this.#prepare(code, name);
    return "failure" in prepared
      ? prepared
      : { ...prepared, fail: this.state.begin(prepared.converted, code) };
  }

  #prepare(code: string, fileName: string): { failure: Failure } | { converted: ConvertedCell } {
    const metadata = this.#language.metadata(code);
    if (metadata.module) {
      const diagnostics = this.#language.addModule(metadata.module, code, metadata);
      return diagnostics.length > 0
        ? { failure: describeDiagnostics(diagnostics, fileName, code) }
        : { converted: this.state.nothing };
    }
    if (metadata.mode === "browser") {
      return { converted: this.state.nothing };
    }
    const converted = this.#language.convert(this.state.declarations, code, { fileName });
    this.#modules.update(converted.sideOutputs);
    return converted.diagnostics.length > 0
      ? { failure: describeDiagnostics(converted.diagnostics, fileName, code) }
      : { converted };
  }

  async #runToEnd(
    cell: Cell,
    converted: ConvertedCell,
    request: ExecuteRequest,
    finish: (failure: undefined, expressions: JsonObject) => void,
  ): Promise<void> {
    try {
      const expressions = await this.#run(cell, converted, request);
      setImmediate(() => isTerminated() || finish(undefined, expressions));
    } catch (error) {
      const saying = sayPlaceInModule(error, () => this.#language.importedFiles(request.code));
      if (saying) {
        await saying;
      }
      cell.fail?.(error);
    }
  }

  async #run(cell: Cell, converted: ConvertedCell, request: ExecuteRequest): Promise<JsonObject> {
    const { value } = await this.#evaluate(converted, cell.fileName);
    if (value !== undefined && !cell.silent) {
      await this.#showResult(cell, value);
    }
    while (cell.displays.size > 0) {
      await apply(allSettled, Promise, [cell.displays]);
    }
    const expressions: JsonObject = bare({});
    const names = keys(request.userExpressions);
    for (let index = 0; index < names.length; index++) {
      const name = String(names[index]);
      expressions[name] = await this.#expression(request.userExpressions[name] ?? "", cell);
    }
    return expressions;
  }

  async #showResult(cell: Cell, value: unknown): Promise<void> {
    const data = await mimeBundle(value, (error) => reportFailedDisplay(this.#protocol, cell, error));
    // An error that nothing caught may have ended the cell.
    if (this.#running.has(cell)) {
      const content = { execution_count: cell.executionCount, data, metadata: {} };
      this.#protocol.publish(cell, "execute_result", content);
    }
  }

  /** Runs the text and gives the value of its last expression; a promise stays one. */
  async #evaluate(converted: ConvertedCell, fileName: string): Promise<{ value?: unknown }> {
    if (converted.output === "") {
      return bare({});
    }
    const { exports, reached } = this.state;
    const run = compile(converted, fileName, (place) => this.#language.mapStackFrame(place));
    const path = `${this.#folder}${sep}${fileName}`;
    const returned = run(exports, this.#require, path, this.#folder, reached);
    if (converted.hasTopLevelAwait) {
      await returned;
    }
    const { lastExpressionName } = converted;
    if (lastExpressionName === undefined) {
      return bare({});
    }
    const value = exports[lastExpressionName];
    delete exports[lastExpressionName];
    return bare({ value });
  }

  /** One of a request's `user_expressions`, evaluated after the cell. */
  async #expression(code: string, cell: Cell): Promise<JsonObject> {
    const fileName = cell.fileName.replace("]", " expression]");
    const prepared = this.#protocol.guarded(() => this.#prepare(code, fileName));
    if ("failure" in prepared) {
      return { status: "error", ...prepared.failure };
    }
    try {
      const { value } = await this.#evaluate(prepared.converted, fileName);
      const data = await mimeBundle(value, (error) => reportFailedDisplay(this.#protocol, cell, error));
      // Throws here what JSON cannot hold.
      return JSON.parse(JSON.stringify({ status: "ok", data, metadata: {} }));
    } catch (error) {
      return { status: "error", ...describeFailure(error) };
    }
  }
}
