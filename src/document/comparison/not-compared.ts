/** Notes about cells whose outputs were not compared at all. */
export const notCompared = {
  byRule: "outputs not compared",
  neverRun: "nothing stored to compare with",
} as const;

/** None of the outputs was compared, by these notes. */
export function isNotCompared(notes: readonly string[]): boolean {
  return Object.values(notCompared).some((note) => notes.includes(note));
}
