// Jupyter counts characters in code points, JavaScript in UTF-16 units.

/** The UTF-16 offset of the `codePoints`-th character; a place past the end is the end. */
export function toUtf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let count = 0; count < codePoints && offset < text.length; count++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The number of characters before the UTF-16 offset. */
export function toCodePointOffset(text: string, offset: number): number {
  let count = 0;
  for (const character of text.slice(0, offset)) {
    count += character.length > 0 ? 1 : 0;
  }
  return count;
}
