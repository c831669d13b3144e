import { recordOf } from "../record.js";

/** jupytext has commented out the magics in a file that says it is its; where nothing says so, a comment is a comment. */
export function hasCommentedMagics(metadata: Record<string, unknown>): boolean {
  const { text_representation, comment_magics } = recordOf(metadata.jupytext);
  const format = recordOf(text_representation).format_name;
  return comment_magics === undefined ? format === "percent" : comment_magics === true;
}

const commands = "cat|cd|cp|mv|rm|rmdir|mkdir|copy|ddir|echo|ls|ldir|ren";

/** Tells magics, also those that are commented out, as jupytext does: https://github.com/mwouts/jupytext, `magics.py`. */
function magicsOf(leader: string): RegExp {
  const comments = `(?:${leader} |${leader})*`;
  const magic = `\\s*${comments}%{1,3}[a-zA-Z]`;
  const ofPython = [
    `\\s*${comments}\\s*[?!]\\s*[A-Za-z.~$\\\\/{}]`,
    `\\s*${comments}\\s*[a-zA-Z_]\\w*\\s*=\\s*(?:%{1,3}|!)[a-zA-Z]`,
    `${comments}(?:${commands})(?:$|\\s$|\\s[^=,])`,
    `\\s*${comments}\\S*\\?\\s*$`,
  ];
  const all = leader === "#" ? [magic, ...ofPython] : [magic];
  return new RegExp(`^(?!${magic}.*${leader}\\s*noescape)(?:${all.join("|")})`);
}

/** The lines of a code cell with the magics as comments, behind whatever comments they are already. */
export function commentMagics(lines: string[], leader: string): string[] {
  return onMagics(lines, leader, (line, isContinued) =>
    isContinued ? `${leader} ${line}` : line.replace(/^\s*/, `$&${leader} `),
  );
}

/** The lines of a code cell with the magics that `commentMagics`, or jupytext, has made comments. */
export function uncommentMagics(lines: string[], leader: string): string[] {
  const start = new RegExp(`^(\\s*)${leader} ?`);
  return onMagics(lines, leader, (line) => line.replace(start, "$1"));
}

function onMagics(
  lines: string[],
  leader: string,
  change: (line: string, isContinued: boolean) => string,
): string[] {
  const magics = magicsOf(leader);
  let quote: string | undefined;
  let isContinued = false;
  return lines.map((line) => {
    if (quote === undefined && (isContinued || magics.test(line))) {
      const changed = change(line, isContinued);
      isContinued = leader === "#" && /\\\s*$/.test(line);
      return changed;
    }
    isContinued = false;
    quote = leader === "#" ? quoteBehind(line, quote) : undefined;
    return line;
  });
}

/** The triple quote of Python that is open behind `line`, where `quote` is open before it. */
function quoteBehind(line: string, quote: string | undefined): string | undefined {
  const token = /\\.|"""|'''|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|#.*/g;
  let open = quote;
  for (let match = token.exec(line); match; match = token.exec(line)) {
    const [text] = match;
    const isTriple = text.startsWith('"""') || text.startsWith("'''");
    if (open === undefined && isTriple) {
      open = text.slice(0, 3);
      token.lastIndex = match.index + 3;
    } else if (open !== undefined && text.startsWith(open)) {
      open = undefined;
      token.lastIndex = match.index + 3;
    } else if (open !== undefined && !text.startsWith("\\")) {
      token.lastIndex = match.index + 1;
    }
  }
  return open;
}
