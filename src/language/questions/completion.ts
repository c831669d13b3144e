import type ts from "typescript";
import type { Project } from "../compiler/project.js";
import { programOf, type Question } from "./cell-program.js";
import { serviceHost, servicesOf, uncancelled } from "./service-host.js";

export interface Completion {
  /** UTF-16 offsets of what the matches replace. */
  start: number;
  end: number;
  matches: { text: string; type?: string }[];
}

/** The names, files and packages that may stand where the cursor is, the likeliest first. */
export function completeCell(project: Project, question: Question): Completion {
  const { compiler } = project;
  const { program, file } = programOf(project, question);
  const info = servicesOf(compiler).Completions.getCompletionsAtPosition(
    serviceHost(project),
    program,
    () => {},
    file,
    question.offset,
    {},
    undefined,
    compiler.CompletionTriggerKind.Invoked,
    uncancelled,
  );
  // In unchecked JavaScript, the compiler also offers every word of the file.
  const entries = (info?.entries ?? []).filter(({ kind }) => kind !== compiler.ScriptElementKind.warning);
  return compiler.isInString(file, question.offset)
    ? inString(question, entries)
    : asNames(question, entries);
}

function asNames({ source, offset }: Question, entries: readonly ts.CompletionEntry[]): Completion {
  const { start, end } = wordAt(source, offset);
  return { start, end, matches: ranked(source.slice(start, end), entries).map(asMatch) };
}

/**
 * Of a path some entries replace the last part and others all of it; here all replace as much as the longest does. Where
 * the compiler says nothing, it is the word.
 */
function inString({ source, offset }: Question, entries: readonly ts.CompletionEntry[]): Completion {
  const word = wordAt(source, offset);
  const spans = entries.flatMap(({ replacementSpan }) => replacementSpan ?? []);
  const start = Math.min(word.start, ...spans.map((span) => span.start));
  const end = Math.max(word.end, ...spans.map((span) => span.start + span.length));
  const whole = entries.map((entry) => ({
    ...entry,
    name: source.slice(start, entry.replacementSpan?.start ?? word.start) + entry.name,
  }));
  return { start, end, matches: ranked(source.slice(start, offset), whole).map(asMatch) };
}

function wordAt(source: string, offset: number): { start: number; end: number } {
  const start = offset - lengthOf(/#?[\p{ID_Continue}$]*$/u, source.slice(0, offset));
  const end = offset + lengthOf(/^[\p{ID_Continue}$]*/u, source.slice(offset));
  return { start, end };
}

function asMatch({ name, kind }: ts.CompletionEntry): { text: string; type: string } {
  return { text: name, type: kind };
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
