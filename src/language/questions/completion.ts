import type ts from "typescript-for-cells";
import type { Project } from "../compiler/project.js";
import { programOf, type Question } from "./cell-program.js";

export interface Completion {
  /** UTF-16 offsets of what the matches replace. */
  start: number;
  end: number;
  matches: { text: string; type?: string }[];
}

/** The names that may stand where the cursor is, the likeliest first. */
export function completeCell(project: Project, question: Question): Completion {
  const { compiler } = project;
  const { program, file } = programOf(project, question);
  const info = compiler.Completions.getCompletionsAtPosition(
    {},
    program,
    () => {},
    file,
    question.offset,
    {},
    undefined,
    compiler.CompletionTriggerKind.Invoked,
    { isCancellationRequested: () => false, throwIfCancellationRequested: () => {} },
  );
  const { source, offset } = question;
  const start = offset - lengthOf(/#?[\p{ID_Continue}$]*$/u, source.slice(0, offset));
  const end = offset + lengthOf(/^[\p{ID_Continue}$]*/u, source.slice(offset));
  const matches = ranked(source.slice(start, end), info?.entries ?? []);
  return { start, end, matches: matches.map(({ name, kind }) => ({ text: name, type: kind })) };
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}

/** Entries that contain the word; those that begin with it come first, in the same case before any other. */
function ranked(word: string, entries: readonly ts.CompletionEntry[]): ts.CompletionEntry[] {
  const lower = word.toLowerCase();
  const rank = (name: string) =>
    name.startsWith(word) ? "0" : name.toLowerCase().startsWith(lower) ? "1" : "2";
  return entries
    .filter(({ name }) => name.toLowerCase().includes(lower))
    .map((entry) => ({ entry, key: rank(entry.name) + entry.sortText }))
    .sort((one, other) => one.key.localeCompare(other.key) || compareNames(word, one.entry, other.entry))
    .map(({ entry }) => entry);
}

/** Without a word there is nothing but the alphabet to go by. */
function compareNames(word: string, one: ts.CompletionEntry, other: ts.CompletionEntry): number {
  return word === "" ? one.name.localeCompare(other.name) : 0;
}
