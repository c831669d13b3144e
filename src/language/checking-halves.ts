import type { CellSourceFile, Compiler } from "./compiler/compiler.js";
import type { Project } from "./compiler/project.js";
import { ModuleCells } from "./modules/module-cells.js";
import { SessionDeclarations } from "./session/session-declarations.js";

export type Mode = "node" | "browser";

/** The cells of one mode: their compiler, and those before the present one that are modules. */
export class CheckingHalf {
  readonly project: Project;
  readonly #all: ModuleCells;
  #present = new Map<string, CellSourceFile>();

  constructor(project: Project, javascript: boolean) {
    this.project = project;
    this.#all = new ModuleCells(project, { javascript });
  }

  get modules(): readonly CellSourceFile[] {
    return [...this.#present.values()];
  }

  addModule(name: string, source: string, jsx: boolean | undefined): CellSourceFile {
    const file =
      this.#all.files.find((each) => isThat(each, name, source, jsx)) ?? this.#all.add(name, source, { jsx });
    this.#present.set(file.fileName, file);
    return file;
  }

  forgetModules(): void {
    this.#present = new Map();
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

  forgetModules(): void {
    for (const half of this.#halves.values()) {
      half.forgetModules();
    }
  }
}

function isThat({ fileName, text }: CellSourceFile, name: string, source: string, jsx = false): boolean {
  return text === source && fileName.endsWith("x") === jsx && /(\w+)\.[jt]sx?$/.exec(fileName)?.[1] === name;
}
