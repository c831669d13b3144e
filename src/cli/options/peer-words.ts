/** Options of papermill, `jupyter execute`, nbmake and nbval that are called otherwise here; several words where one means several. */
const otherWords = new Map<string, string[]>(
  Object.entries({
    "--execution-timeout": ["--cell-timeout"],
    "--execution_timeout": ["--cell-timeout"],
    "--timeout": ["--cell-timeout"],
    "--start_timeout": ["--start-timeout"],
    "--startup_timeout": ["--start-timeout"],
    "--startup-timeout": ["--start-timeout"],
    "--kernel_name": ["--kernel"],
    "--nbmake-timeout": ["--cell-timeout"],
    "--nbmake-kernel": ["--kernel"],
    "--overwrite": ["--inplace"],
    "--nbval-cell-timeout": ["--cell-timeout"],
    "--nbval-kernel-name": ["--kernel"],
    "--nbval-current-env": ["--kernel", "python3"],
    "--nbval-lax": ["--lax"],
    "--parameters-raw": ["--parameters_raw"],
    "--parameters-file": ["--parameters_file"],
    "--parameters-yaml": ["--parameters_yaml"],
    "--parameters-base64": ["--parameters_base64"],
    "--allow_errors": ["--allow-errors"],
  }),
);

/** Options of papermill that say what is so here anyway. */
const idle = new Set([
  "--progress-bar",
  "--no-progress-bar",
  "--no-log-output",
  "--no-report-mode",
  "--prepare-execute",
  "--request-save-on-cell-execute",
  "--no-request-save-on-cell-execute",
]);

/** Options of nbmake that are not carried, with what happens instead. */
const ignored = new Map([["--nbmake-find-import-errors", "all cells are run, not their imports only"]]);

const parameters = new Set(["-p", "--parameters", "-r", "--parameters_raw"]);

/** The words behind `poolbook run` or `check` in this program's spelling, up to a `--`; `tell` is told of options that do nothing here. */
export function ownWords(argv: string[], tell: (line: string) => void): string[] {
  const own: string[] = [];
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === "--") {
      return [...own, word, ...words];
    }
    const values = parameters.has(word) ? words.splice(0, 2) : [];
    own.push(...ownWord(word, tell), ...values);
  }
  return own;
}

function ownWord(word: string, tell: (line: string) => void): string[] {
  const [name = "", ...value] = word.split("=");
  if (idle.has(name)) {
    tell(`${name} changes nothing here`);
    return [];
  }
  const instead = ignored.get(name);
  if (instead !== undefined) {
    tell(`${name} is ignored: ${instead}`);
    return [];
  }
  const words = otherWords.get(name);
  return words === undefined ? [word] : [...words.slice(0, -1), [words.at(-1), ...value].join("=")];
}
