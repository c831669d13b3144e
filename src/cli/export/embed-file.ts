import { readFileSync, statSync } from "node:fs";
import path from "node:path";

const types: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
  ".avif": "image/avif",
  ".mp4": "video/mp4",
  ".webm": "video/webm",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".wav": "audio/wav",
};

/** Finds a picture, sound or film in `folder` or below it, by a relative address, and gives its `data:` URL. `warn` is told of others. */
export function fileEmbedder(
  folder: string,
  warn: (message: string) => void,
): (address: string) => string | undefined {
  return (address) => {
    const [name = ""] = address.split(/[?#]/);
    const type = types[path.extname(name).toLowerCase()];
    const file = path.resolve(folder, safelyDecoded(name));
    const isBelow = file.startsWith(path.resolve(folder) + path.sep);
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(address) || type === undefined || !isBelow) {
      warn(`not in the page: ${address}`);
      return undefined;
    }
    try {
      return statSync(file).isFile() ? `data:${type};base64,${readFileSync(file, "base64")}` : undefined;
    } catch {
      warn(`not in the page, since it cannot be read: ${address}`);
      return undefined;
    }
  };
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
