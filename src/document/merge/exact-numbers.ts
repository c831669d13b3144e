const mark = "\uE000number ";
const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** JSON whose numbers that JavaScript would write otherwise (1.0, or very large ones) are strings with a mark. */
export function keepNumbers(json: string): string {
  return json.replace(token, (text) =>
    text.startsWith('"') || String(Number(text)) === text ? text : `"${mark}${text}"`,
  );
}

/** The numbers again. */
export function restoreNumbers(json: string): string {
  return json.replace(new RegExp(`"${mark}(-?\\d[\\d.eE+-]*)"`, "g"), "$1");
}
