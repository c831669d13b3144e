export function formatSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 9950 ? 2 : 1)} s`;
}

/** Bytes in words; nothing where they are not known. */
export function formatMemory(bytes: number | undefined): string {
  return bytes === undefined ? "" : `${Math.round(bytes / 2 ** 20)} MiB`;
}

export function stripAnsi(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return text.replace(/\x1b\[[0-9;]*m/g, "");
}

/** The first lines of a source, and a mark when there are more. */
export function sourceExcerpt(source: string, lines = 3): string[] {
  const all = source.split("\n");
  return all.length > lines ? [...all.slice(0, lines), "…"] : all;
}
