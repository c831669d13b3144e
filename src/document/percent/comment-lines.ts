// Breaks of lines, for a compiler or for Python, that do not part the lines of a notebook's text.
const innerBreak = /[\r\u2028\u2029](?!$)/g;

/** The line as a comment. */
export function comment(line: string, leader: string): string {
  return line === "" ? leader : `${leader} ${line.replace(innerBreak, `$&${leader} `)}`;
}

/** A line without what makes it a comment. */
export function uncommented(line: string, leader: string): string {
  if (!line.startsWith(leader)) {
    return line;
  }
  const bare = line.slice(leader.length).replace(/^ /, "");
  return bare.replace(new RegExp(`([\\r\\u2028\\u2029])${leader} `, "g"), "$1");
}

/** Begins a cell, for one of the programs that know the format: `# %%` and `#%%`, but not `# %%bash`, which is a magic in a comment. */
export function markerOf(leader: string): RegExp {
  return new RegExp(`^[ \\t]*${leader}[ \\t]*%%(?<depth>%*)(?=\\s|\\[|$)`);
}

/**
 * A line that looks like the beginning of a cell, or of one that was escaped, gets one more backslash than it has; for VS Code
 * `# %%bash` is one, too, which in a file of jupytext's is a magic.
 */
export function escaped(line: string, leader: string, hasMagics: boolean): string {
  const end = hasMagics ? "(?=%*(?:\\s|\\[|$))" : "";
  const start = new RegExp(`^([ \\t]*${leader}[ \\t]*)(\\\\+%%|%%${end})`);
  return line.replace(start, "$1\\$2");
}

/** A line as it was before it was escaped. */
export function unescaped(line: string, leader: string): string {
  return line.replace(new RegExp(`^([ \\t]*${leader}[ \\t]*)\\\\(\\\\*%%)`), "$1$2");
}
