import { cellMetadata } from "./cell/cell-comments.js";
import { type CheckedCell, checkOnly } from "./check-cell.js";
import type { CheckingHalf, CheckingHalves } from "./checking-halves.js";
import type { CellSourceFile } from "./compiler/compiler.js";
import type { Diagnostic } from "./compiler/diagnostics/diagnostic.js";
import type { Project } from "./compiler/project.js";
import { versionOnDisk } from "./compiler/source-files.js";
import { checkModule } from "./questions/check.js";
import { CellServices } from "./services/cell-services.js";
import {
  implicitNames,
  RelevantDeclarations,
  WordsByText,
  wordsOf,
} from "./session/relevant-declarations.js";
import type { SessionDeclarations } from "./session/session-declarations.js";

/** The verdict on one cell of a notebook, and its surroundings. */
export interface CellVerdict {
  diagnostics: readonly Diagnostic[];
  /** The declarations of the cells before it. */
  previous: string;
  /** The declarations of the cells before it and its own. */
  declarations: string;
  /** The cells before it that are modules of their own. */
  modules: readonly CellSourceFile[];
}

/** A verdict, and what it depends on. */
interface Known extends CheckedCell {
  previous: string;
  modules: string;
  /** Undefined when any name can matter. */
  words: ReadonlySet<string> | undefined;
  relevant: string;
}

type KnownBySource = Map<string, Known[]>;

interface Unknown {
  source: string;
  previous: string;
  files: readonly CellSourceFile[];
  modules: string;
  relevant: RelevantDeclarations;
}

/** One way through the cells. */
interface Pass {
  known: KnownBySource;
  /** The cells so far that are modules. */
  modules: Map<CheckingHalf, readonly CellSourceFile[]>;
}

/**
 * Checks the cells of one notebook in their order and runs none. A verdict is kept for as long as nothing changes that
 * the cell depends on: its text, the declarations that its names lead to, modules of the notebook, imported files.
 */
export class NotebookChecker {
  readonly #halves: CheckingHalves;
  readonly #session: SessionDeclarations;
  readonly #words = new WordsByText();
  readonly #implicit: readonly string[];
  #known: KnownBySource = new Map();

  constructor(halves: CheckingHalves) {
    this.#halves = halves;
    this.#session = halves.session;
    this.#implicit = implicitNames(halves.of("node").project.options);
  }

  /** The verdicts on cells with these texts, one by one as they are asked for. */
  *check(sources: readonly string[]): Generator<CellVerdict, void> {
    const pass: Pass = { known: new Map(), modules: new Map() };
    let isComplete = false;
    let declarations = "";
    try {
      for (const source of sources) {
        const verdict = this.#next(pass, source, declarations);
        declarations = verdict.declarations;
        yield verdict;
      }
      isComplete = true;
    } finally {
      this.#known = isComplete ? pass.known : merged(pass.known, this.#known);
    }
  }

  /** Answers about the cell at `index`, behind those before it. */
  services(sources: readonly string[], index: number): CellServices {
    const source = sources[index] ?? "";
    const half = this.#halves.of(cellMetadata(this.#halves.compiler, source).mode ?? "node");
    let position = 0;
    for (const { previous, modules } of this.check(sources)) {
      if (position++ === index) {
        return new CellServices(half.project, { source, previous, modules });
      }
    }
    throw new RangeError(`Expected a position of one of ${sources.length} cells, got \`${index}\``);
  }

  #next(pass: Pass, source: string, previous: string): CellVerdict {
    const { module, mode = "node", jsx } = cellMetadata(this.#halves.compiler, source);
    const half = this.#halves.of(mode);
    if (module) {
      const file = half.moduleFile(module, source, jsx);
      const others = modulesOf(pass, half).filter(({ fileName }) => fileName !== file.fileName);
      pass.modules.set(half, [...others, file]);
    }
    const modules = modulesOf(pass, half);
    const file = module ? modules.at(-1) : undefined;
    if (file) {
      const diagnostics = checkModule(half.project, file, modules);
      return { diagnostics, previous, declarations: previous, modules };
    }
    if (mode === "browser") {
      return { diagnostics: [], previous, declarations: previous, modules };
    }
    const { diagnostics, added, ambient } = this.#verdict(pass, half, source, previous);
    return { diagnostics, previous, declarations: this.#session.merge(previous, added, ambient), modules };
  }

  #verdict(pass: Pass, half: CheckingHalf, source: string, previous: string): Known {
    const files = modulesOf(pass, half);
    const modules = files.map(({ fileName, text }) => `${fileName}\n${text}`).join("\n");
    const relevant = new RelevantDeclarations(this.#session.split(previous), this.#words);
    const same = [...(this.#known.get(source) ?? []), ...(pass.known.get(source) ?? [])];
    const known = same.find(
      (each) => each.modules === modules && holds(each, { source, previous, relevant }),
    );
    const verdict = known ?? this.#checkAnew(half.project, { source, previous, files, modules, relevant });
    pass.known.set(source, [...(pass.known.get(source) ?? []), verdict]);
    return verdict;
  }

  #checkAnew(project: Project, { source, previous, files, modules, relevant }: Unknown): Known {
    const checked = checkOnly(project, { previous, source, modules: files });
    const words = wordsOf(`${source}\n${checked.added}`);
    for (const name of this.#implicit) {
      words?.add(name);
    }
    return { ...checked, previous, modules, words, relevant: relevant.textFor(words) };
  }
}

function modulesOf({ modules }: Pass, half: CheckingHalf): readonly CellSourceFile[] {
  return modules.get(half) ?? [];
}

const mostVersions = 4;

function merged(fresh: KnownBySource, old: KnownBySource): KnownBySource {
  const result = new Map(old);
  for (const [source, verdicts] of fresh) {
    const others = (old.get(source) ?? []).filter((each) => !verdicts.includes(each));
    result.set(source, [...verdicts, ...others.slice(0, mostVersions)]);
  }
  return result;
}

/** A cell with errors may have them because a file is missing, which can come. */
function mayLookElsewhere(source: string): boolean {
  return /\b(?:import|require)\b/.test(source);
}

function holds(
  { diagnostics, previous, relevant, words, files }: Known,
  now: { source: string; previous: string; relevant: RelevantDeclarations },
): boolean {
  const isSame =
    diagnostics.length > 0
      ? previous === now.previous && !mayLookElsewhere(now.source)
      : relevant === now.relevant.textFor(words);
  return isSame && [...files].every(([path, version]) => versionOnDisk(path) === version);
}
