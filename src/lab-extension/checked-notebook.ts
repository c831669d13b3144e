import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorView } from "@codemirror/view";
import type { CellWidget, NotebookPanel } from "@jupyterlab/notebook";
import { answersLanguage, ask, type Finding, findingsOf, type Question } from "./language-requests.js";

/** Milliseconds without a change after which the cells are checked. */
const pause = 300;

/** One open notebook: its cells are checked whenever typing pauses, and its editors show what is found. */
export class CheckedNotebook {
  readonly #panel: NotebookPanel;
  readonly #isOn: () => boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #isStale = false;

  constructor(panel: NotebookPanel, isOn: () => boolean) {
    this.#panel = panel;
    this.#isOn = isOn;
    panel.sessionContext.kernelChanged.connect(() => this.changed());
    panel.content.model?.cells.changed.connect(() => this.changed());
    this.changed();
  }

  has(view: EditorView): boolean {
    return this.#cellOf(view) >= 0;
  }

  /** Something may be different now. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), pause);
  }

  /** The kernel's answer about a place in a cell; undefined where there is none. */
  async ask(view: EditorView, question: "inspect" | "signature", offset: number): Promise<unknown> {
    const kernel = this.#panel.sessionContext.session?.kernel;
    if (!kernel || !this.#isOn() || !(await answersLanguage(kernel))) {
      return undefined;
    }
    const index = this.#cellOf(view);
    const asked: Question = { question, cells: this.#cells.map(sourceOf), index, offset };
    return index < 0 ? undefined : (await ask(kernel, asked))?.answer;
  }

  get #cells(): readonly CellWidget[] {
    return this.#panel.content.widgets.filter(({ model }) => model.type === "code");
  }

  #cellOf(view: EditorView): number {
    return this.#cells.findIndex(({ editor }) => editor?.editor === view);
  }

  async #check(): Promise<void> {
    if (this.#isAsking) {
      this.#isStale = true;
      return;
    }
    this.#isAsking = true;
    try {
      await this.#checkNow();
    } finally {
      this.#isAsking = false;
    }
    if (this.#isStale) {
      this.#isStale = false;
      this.changed();
    }
  }

  async #checkNow(): Promise<void> {
    const kernel = this.#panel.sessionContext.session?.kernel;
    const cells = this.#panel.isDisposed ? [] : this.#cells;
    const isAsked = kernel && !kernel.isDisposed && this.#isOn() && (await answersLanguage(kernel));
    const sources = cells.map(sourceOf);
    const answer = isAsked ? await ask(kernel, { question: "check", cells: sources }) : undefined;
    const findings = findingsOf(answer);
    for (const [index, cell] of cells.entries()) {
      // A cell that has changed meanwhile is about to be checked again.
      if (sourceOf(cell) === sources[index]) {
        show(cell, findings[index] ?? []);
      }
    }
  }
}

/** Cells that are not run are not known to the others. */
function sourceOf({ model }: CellWidget): string {
  const tags = model.getMetadata("tags");
  const isSkipped = Array.isArray(tags) && tags.includes("skip-execution");
  return isSkipped ? "" : model.sharedModel.getSource();
}

function show(cell: CellWidget, findings: Finding[]): void {
  const view = cell.editor?.editor;
  if (!view) {
    return;
  }
  const expected = expectedCodes(sourceOf(cell));
  const { length } = view.state.doc;
  const diagnostics = findings.map(({ start, end, code, message }): Diagnostic => {
    const from = Math.min(start, length);
    return {
      from,
      to: Math.max(from, Math.min(end, length)),
      severity: expected.includes(code) ? "info" : "error",
      source: `TS${code}`,
      message,
    };
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** The codes that the cell says come: `// @errors: 2345`. */
function expectedCodes(source: string): number[] {
  const lists = [...source.matchAll(/^[ \t]*\/\/[ \t]*@errors:(.*)$/gm)].map(([, list = ""]) => list);
  return lists.flatMap((list) => (list.match(/\d+/g) ?? []).map(Number));
}
