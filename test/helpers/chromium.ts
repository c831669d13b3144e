import { existsSync } from "node:fs";

/** The browser of the tests; they are skipped, and say so, where there is none. */
export const chromiumPath = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (file) => file !== undefined && existsSync(file),
);

export const skipWithoutChromium = { skip: chromiumPath === undefined && "Chromium is not installed" };
