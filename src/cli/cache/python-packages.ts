import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { recordOf } from "../../document/record.js";

/** The Python packages beside a kernel's program. */
export interface PythonPackages {
  /** Names with versions, of all of them. */
  installed: string[];
  /** Folders of the user's that Python imports from: editable installations, `.pth` files and `PYTHONPATH`. */
  linked: string[];
}

export async function pythonPackages(program: string): Promise<PythonPackages> {
  const libraries = path.join(path.dirname(path.dirname(program)), "lib");
  const pythons = (await namesIn(libraries)).filter((name) => name.startsWith("python"));
  const places = pythons.flatMap((python) =>
    ["site-packages", "dist-packages"].map((name) => path.join(libraries, python, name)),
  );
  const installed: string[] = [];
  const linked = (process.env.PYTHONPATH ?? "").split(path.delimiter).filter((each) => each !== "");
  for (const place of places) {
    const names = await namesIn(place);
    installed.push(...names.filter((name) => /\.(dist-info|egg-info|egg-link)$/.test(name)));
    for (const name of names) {
      linked.push(...(await linkedBy(path.join(place, name))));
    }
  }
  return { installed: installed.sort(), linked: linked.map((each) => path.resolve(each)).sort() };
}

async function linkedBy(place: string): Promise<string[]> {
  if (place.endsWith(".pth")) {
    const text = await readFile(place, "utf8").catch(() => "");
    return text.split(/\r?\n/).filter((line) => path.isAbsolute(line));
  }
  if (!place.endsWith(".dist-info")) {
    return [];
  }
  const text = await readFile(path.join(place, "direct_url.json"), "utf8").catch(() => "{}");
  try {
    const { url, dir_info } = recordOf(JSON.parse(text));
    return recordOf(dir_info).editable === true ? [fileURLToPath(String(url))] : [];
  } catch {
    return [];
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}
