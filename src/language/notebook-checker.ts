import { cellMetadata } from "./cell/cell-comments.js";
import { type CheckedCell, checkOnly } from "./check-cell.js";
import type { CheckingHalf, CheckingHalves } from "./checking-halves.js";
import type { CellSourceFile } from "./compiler/compiler.js";
import type { Diagnostic } from "./compiler/diagnostic.js";
import { versionOnDisk } from "./compiler/source-files.js";
import { checkModule } from "./questions/check.js";
import { RelevantDeclarations, WordsByText, wordsOf } from "./session/relevant-declarations.js";
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

/**
 * Checks the cells of one notebook in their order and runs none. A verdict is kept for as long as nothing changes that
 * the cell depends on: its text, the declarations that its names lead to, modules of the notebook, imported files.
 */
export class NotebookChecker {
  readonly #halves: CheckingHalves;
  readonly #session: SessionDeclarations;
  readonly #words = new WordsByText();
  readonly #implicit: readonly string[];
  #known = new Map<string, Known[]>();
  #next = new Map<string, Known[]>();

  constructor(halves: CheckingHalves) {
    this.#halves = halves;
    this.#session = halves.session;
    const { options } = halves.of("node").project;
    const factories = [options.jsxFactory, options.jsxFragmentFactory].filter((name) => name !== undefined);
    this.#implicit = ["React", ...factories.map((name) => name.split(".")[0] ?? name)];
  }

  /** The verdicts on cells with these texts, one by one as they are asked for. */
  *check(sources: readonly string[]): Generator<CellVerdict, void> {
    this.#halves.forgetModules();
    this.#next = new Map();
    let declarations = "";
    for (const source of sources) {
      const { module, mode = "node", jsx } = cellMetadata(this.#halves.compiler, source);
      const half = this.#halves.of(mode);
      const previous = declarations;
      if (module) {
        const file = half.addModule(module, source, jsx);
        const diagnostics = checkModule(half.project, file, half.modules);
        yield { diagnostics, previous, declarations, modules: half.modules };
      } else if (mode === "browser") {
        yield { diagnostics: [], previous, declarations, modules: half.modules };
      } else {
        const { diagnostics, added, ambient } = this.#verdict(half, source, previous);
        declarations = this.#session.merge(previous, added, ambient);
        yield { diagnostics, previous, declarations, modules: half.modules };
      }
    }
    this.#known = this.#next;
  }

  #verdict(half: CheckingHalf, source: string, previous: string): Known {
    const modules = half.modules.map(({ fileName, text }) => `${fileName}\n${text}`).join("\n");
    const relevant = new RelevantDeclarations(this.#session.split(previous), this.#words);
    const same = [...(this.#known.get(source) ?? []), ...(this.#next.get(source) ?? [])];
    const known = same.find(
      (each) => each.modules === modules && holds(each, { source, previous, relevant }),
    );
    const verdict = known ?? this.#checkAnew(half, { source, previous, modules, relevant });
    this.#next.set(source, [...(this.#next.get(source) ?? []), verdict]);
    return verdict;
  }

  #checkAnew(
    half: CheckingHalf,
    {
      source,
      previous,
      modules,
      relevant,
    }: { source: string; previous: string; modules: string; relevant: RelevantDeclarations },
  ): Known {
    const checked = checkOnly(half.project, { previous, source, modules: half.modules });
    const words = wordsOf(`${source}\n${checked.added}`);
    for (const name of this.#implicit) {
      words?.add(name);
    }
    return { ...checked, previous, modules, words, relevant: relevant.textFor(words) };
  }
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
