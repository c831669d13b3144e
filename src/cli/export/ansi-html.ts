import { escapeXml } from "../reporters/escape-xml.js";

const sequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /\x1b\[([\d;:]*)m|\x1b\[[\d;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]|[\x00-\x08\x0b-\x1f\x7f]/g;

const names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** Text of a terminal, its eight colours and bold as classes; other control sequences are left out. */
export function ansiHtml(text: string): string {
  let classes = new Set<string>();
  let from = 0;
  const parts: string[] = [];
  const add = (end: number) => {
    const part = escapeXml(text.slice(from, end));
    parts.push(
      classes.size === 0 || part === "" ? part : `<span class="${[...classes].join(" ")}">${part}</span>`,
    );
  };
  for (const match of text.matchAll(sequence)) {
    add(match.index);
    from = match.index + match[0].length;
    if (match[1] !== undefined) {
      classes = changed(classes, match[1].split(/[;:]/).map(Number));
    }
  }
  add(text.length);
  return parts.join("");
}

function changed(classes: Set<string>, codes: number[]): Set<string> {
  const next = new Set(classes);
  const drop = (kind: string) => {
    for (const each of next) {
      if (each.startsWith(kind)) {
        next.delete(each);
      }
    }
  };
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    const name = names[code % 10];
    if (code === 0) {
      next.clear();
    } else if (code === 1) {
      next.add("bold");
    } else if (code === 22) {
      drop("bold");
    } else if (code === 38 || code === 48) {
      drop(code === 38 ? "fg-" : "bg-");
      at += codes[at + 1] === 5 ? 2 : 4;
    } else if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) {
      drop("fg-");
      next.add(name === undefined ? "" : `fg-${name}`);
    } else if ((code >= 40 && code <= 49) || (code >= 100 && code <= 107)) {
      drop("bg-");
      next.add(name === undefined ? "" : `bg-${name}`);
    }
  }
  next.delete("");
  return next;
}
