import type { CellSourceFile, Compiler } from "./compiler/compiler.js";
import type { Project } from "./compiler/project.js";
import { ModuleCells } from "./modules/module-cells.js";
import { SessionDeclarations } from "./session/session-declarations.js";

export type Mode = "node" | "browser";

/** The cells of one mode: their compiler, and the files of those that are modules. */
export class CheckingHalf {
  readonly project: Project;
  readonly #modules: ModuleCells;

  constructor(project: Project, javascript: boolean) {
    this.project = project;
    this.#modules = new ModuleCells(project, { javascript });
  }

  /** The same file for the same text. */
  moduleFile(name: string, source: string, jsx: boolean | undefined): CellSourceFile {
    const known = this.#modules.files.find((each) => isThat(each, name, source, jsx));
    return known ?? this.#modules.add(name, source, { jsx });
  }
}

/** The cells of Node and those of a browser, each with their compiler, which is made when it is needed. */
export class CheckingHalves {
  readonly compiler: Compiler;
  readonly session: SessionDeclarations;
  readonly #javascript: boolean;
  readonly #projectOf: (mode: Mode) => Project;
  readonly #halves = new Map<Mode, CheckingHalf>();

  constructor(compiler: Compiler, javascript: boolean, projectOf: (mode: Mode) => Project) {
    this.compiler = compiler;
    this.session = new SessionDeclarations(compiler);
    this.#javascript = javascript;
    this.#projectOf = projectOf;
  }

  of(mode: Mode): CheckingHalf {
    const known = this.#halves.get(mode);
    if (known) {
      return known;
    }
    const half = new CheckingHalf(this.#projectOf(mode), this.#javascript);
    this.#halves.set(mode, half);
    return half;
  }
}

function isThat({ fileName, text }: CellSourceFile, name: string, source: string, jsx = false): boolean {
  return text === source && fileName.endsWith("x") === jsx && /(\w+)\.[jt]sx?$/.exec(fileName)?.[1] === name;
}
