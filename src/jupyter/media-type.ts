/** Bytes that files of a type have from an offset on. */
interface Mark {
  type: string;
  parts: [offset: number, bytes: number[]][];
}

const ascii = (text: string) => [...Buffer.from(text, "latin1")];

const marks: Mark[] = [
  { type: "image/png", parts: [[0, [0x89, ...ascii("PNG\r\n\u001a\n")]]] },
  { type: "image/jpeg", parts: [[0, [0xff, 0xd8, 0xff]]] },
  { type: "image/gif", parts: [[0, ascii("GIF8")]] },
  {
    type: "image/webp",
    parts: [
      [0, ascii("RIFF")],
      [8, ascii("WEBP")],
    ],
  },
];

/** The type of a picture's bytes; undefined of other bytes. */
export function mediaType(data: Uint8Array): string | undefined {
  const has = ([offset, bytes]: [number, number[]]) =>
    bytes.every((byte, index) => data[offset + index] === byte);
  return marks.find(({ parts }) => parts.every(has))?.type;
}
