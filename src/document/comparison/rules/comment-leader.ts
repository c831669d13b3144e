import { type Cell, joinLines, type Notebook } from "../../notebook.js";
import { recordOf } from "../../record.js";

const leaders: Record<string, string[]> = {
  "//": "c c++ cpp csharp dart deno f# fsharp go java javascript kotlin php rust scala swift typescript".split(
    " ",
  ),
  "--": ["ada", "haskell", "lua", "sql"],
  "%": ["erlang", "latex", "matlab", "octave", "prolog", "tex"],
  ";": ["clojure", "common lisp", "lisp", "racket", "scheme"],
};

/** The sign that begins a comment in the language of the cell: a cell magic such as `%%bash` wins over the notebook's language. */
export function commentLeader({ metadata }: Notebook, cell: Cell): string {
  const magic = /^\s*%%(\w+)/.exec(joinLines(cell.source))?.[1];
  const own = recordOf(cell.metadata.vscode).languageId;
  const language = magic ?? own ?? metadata.language_info?.name ?? metadata.kernelspec?.language ?? "";
  const name = String(language).toLowerCase();
  return Object.keys(leaders).find((leader) => leaders[leader]?.includes(name)) ?? "#";
}
