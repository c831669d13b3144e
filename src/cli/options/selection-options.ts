import type { Command } from "commander";

/** The notebooks of a folder that are meant, as the command line says it. */
export interface SelectionOptions {
  /** Globs, relative to the current folder. Default: none. */
  exclude?: string[];
  /** False takes all notebooks of a folder, those that git ignores and those of packages and environments too. Default: true. */
  ignore?: boolean;
}

/** Adds the options that choose among the notebooks of a folder. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option("--exclude <glob>", "leave out notebooks and folders; may be given several times", collect)
    .option("--no-ignore", "take also what git ignores, node_modules and Python environments");
}

export function collect(value: string, values: string[] = []): string[] {
  return [...values, value];
}
