import path from "node:path";
import { cellsLanguage } from "../../document/cells-language.js";
import { compilerOptions } from "../../document/execution-rules.js";
import type { NotebookSource } from "../../document/notebook-source.js";
import { cellSurroundings } from "../../kernel/cell-surroundings.js";
import { type NotebookChecker, TypeChecker } from "../../language/index.js";
import { describeError } from "../../runner/describe-error.js";
import { readSource } from "../../runner/files/notebook-file.js";
import { cellTypes } from "./cell-types.js";
import { checkedCells } from "./checked-cells.js";
import type { NotebookTypes } from "./notebook-types.js";
import { projection } from "./projection.js";
import { type CheckedText, type Findings, TypesCache } from "./types-cache.js";
import type { TypesOptions } from "./types-options.js";

/** As the library's `checkTypes()`, which loads this when it is called. */
export async function checkTypes(file: string, options: TypesOptions): Promise<NotebookTypes> {
  const checker = new TypesOfNotebooks(options);
  const types = await checker.check(file);
  checker.close();
  return types;
}

/** Thrown when the compiler's options for a notebook are not known. */
class ProjectError extends Error {
  override name = "ProjectError";
}

type Judged = Pick<NotebookTypes, "status" | "problem" | "cells">;

/** Checks one notebook after another; they share what is read from disk. */
export class TypesOfNotebooks {
  readonly #options: TypesOptions;
  readonly #checker = new TypeChecker(cellSurroundings);
  readonly #notebooks = new Map<string, NotebookChecker>();
  readonly #cache: TypesCache | undefined;

  constructor(options: TypesOptions) {
    this.#options = options;
    this.#cache = options.cache === false ? undefined : new TypesCache(() => this.#checker.lookups);
  }

  /** `signal` ends waiting for a pipe. */
  async check(file: string, signal?: AbortSignal): Promise<NotebookTypes> {
    const started = performance.now();
    const finish = (types: Judged): NotebookTypes => ({
      path: file,
      ...types,
      duration: performance.now() - started,
    });
    try {
      return finish(this.#checkSource(file, await readSource(file, signal)));
    } catch (error) {
      return finish({ status: "could-not-run", problem: describeError(error, file), cells: [] });
    }
  }

  /** The cells of the notebook in `file` as they were checked, as one text; throws as reading it does. */
  async projection(file: string): Promise<string | undefined> {
    const { notebook } = await readSource(file);
    const kernel = cellsLanguage(notebook, this.#options.kernelName);
    if ("other" in kernel) {
      return undefined;
    }
    const run = checkedCells(notebook, kernel.language, this.#options).filter(({ isSkipped }) => !isSkipped);
    const sources = run.map(({ source }) => source);
    const checker = this.#notebook({ file, language: kernel.language, settings: compilerOptions(notebook) });
    return projection(file, run, [...checker.check(sources)]);
  }

  /** The user's own files on which the verdicts so far rest, besides the notebooks; some are not there. */
  get sources(): string[] {
    const paths = Object.keys(this.#checker.lookups).map((lookup) => lookup.slice(lookup.indexOf(" ") + 1));
    const own = paths.filter(
      (each) => /\.(?:[cm]?[jt]sx?|json)$/.test(each) && !/[\\/]node_modules[\\/]/.test(each),
    );
    return [...new Set(own)];
  }

  /** Keeps what later processes can use. */
  close(): void {
    this.#cache?.store();
    this.#checker.close();
  }

  #checkSource(file: string, { notebook }: NotebookSource): Judged {
    const kernel = cellsLanguage(notebook, this.#options.kernelName);
    if ("other" in kernel) {
      return { status: "passed-over", problem: kernel.other, cells: [] };
    }
    const { language } = kernel;
    const checked = checkedCells(notebook, language, this.#options);
    const run = checked.filter(({ isSkipped }) => !isSkipped);
    const sources = run.map(({ source }) => source);
    const text = { file, language, settings: compilerOptions(notebook), sources };
    const findings = this.#cache?.find(text) ?? this.#checkAnew(text);
    const cells = checked.map((each) => cellTypes(file, each, findings[run.indexOf(each)]));
    const isWell = cells.every(({ status }) => status !== "ill-typed");
    return { status: isWell ? "well-typed" : "ill-typed", cells };
  }

  /** Throws ProjectError when the notebook's `tsconfig.json` cannot be read. */
  #checkAnew(text: CheckedText): Findings {
    const directory = path.dirname(path.resolve(text.file));
    const [problem] = this.#checker.projectProblems(directory);
    if (problem !== undefined) {
      throw new ProjectError(problem);
    }
    const verdicts = this.#notebook(text).check([...text.sources]);
    const findings = [...verdicts].map(({ diagnostics }) => diagnostics);
    this.#cache?.add(text, findings);
    return findings;
  }

  #notebook({ file, language, settings }: Omit<CheckedText, "sources">): NotebookChecker {
    const place = path.resolve(file);
    const key = JSON.stringify([language, place, settings]);
    const known = this.#notebooks.get(key);
    if (known) {
      return known;
    }
    const javascript = language === "javascript";
    const checker = this.#checker.notebook({ directory: path.dirname(place), javascript, settings });
    this.#notebooks.set(key, checker);
    return checker;
  }
}
