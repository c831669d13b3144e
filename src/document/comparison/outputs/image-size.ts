/** Width and height in pixels, as the picture's own header says, or what is known otherwise: its length. */
export function imageSize(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  const [width, height] = pngSize(bytes) ?? gifSize(bytes) ?? jpegSize(bytes) ?? [];
  return width === undefined ? `${bytes.length} bytes` : `${width} × ${height} pixels`;
}

/** The size of an SVG picture, as its root says it. */
export function svgSize(svg: string): string {
  const root = /<svg\b[^>]*>/.exec(svg)?.[0] ?? "";
  const attribute = (name: string) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)`).exec(root)?.[1] ?? "?";
  return `${attribute("width")} × ${attribute("height")}`;
}

type Size = [width: number, height: number];

function pngSize(bytes: Buffer): Size | undefined {
  const isPng = bytes.length >= 24 && bytes.subarray(1, 4).toString("latin1") === "PNG";
  return isPng ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : undefined;
}

function gifSize(bytes: Buffer): Size | undefined {
  const isGif = bytes.length >= 10 && bytes.subarray(0, 3).toString("latin1") === "GIF";
  return isGif ? [bytes.readUInt16LE(6), bytes.readUInt16LE(8)] : undefined;
}

/** A JPEG is a chain of segments; the one that starts a frame holds the size. */
function jpegSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) {
    return undefined;
  }
  let position = 2;
  while (position + 9 <= bytes.length && bytes[position] === 0xff) {
    const marker = bytes[position + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return [bytes.readUInt16BE(position + 7), bytes.readUInt16BE(position + 5)];
    }
    position += 2 + bytes.readUInt16BE(position + 2);
  }
  return undefined;
}
