/** `lines` with their PIDs renamed in order of appearance, so that only who is who matters. */
export function withNamedPids(lines: string[]): string[] {
  const names = new Map<string, string>();
  return lines.map((line) =>
    line.replace(/(?<=(?:Worker|process is) )\d+/, (pid) => {
      if (!names.has(pid)) {
        names.set(pid, `<${names.size + 1}>`);
      }
      return names.get(pid) ?? pid;
    }),
  );
}
