import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Takes what `display` shows: the content of a `display_data` message, or of `update_display_data`. */
export type DisplayWriter = (
  content: {
    data: Record<string, unknown>;
    metadata: Record<string, unknown>;
    transient: { display_id?: string };
  },
  update: boolean,
) => void;

/**
 * The module that `import "tslab"` gives to a cell; its displays go to `write`. Of the rest of tslab, that module needs
 * the place to write to and its compiler's version: it gets these two, and the rest is not loaded.
 */
export function loadDisplayModule(write: DisplayWriter, compilerVersion: string): object {
  const requireInTslab = createRequire(require.resolve("tslab"));
  return withModules(
    {
      [requireInTslab.resolve("./jupyter")]: { lastWriteDisplayData: write },
      [requireInTslab.resolve("@tslab/typescript-for-tslab")]: { version: compilerVersion },
    },
    () => require("tslab"),
  );
}

/** Runs `load` while other exports stand in for those of modules, by their paths. */
function withModules(exportsByPath: Record<string, object>, load: () => object): object {
  const { cache } = require;
  const before = Object.keys(exportsByPath).map((path) => [path, cache[path]] as const);
  for (const [path, members] of Object.entries(exportsByPath)) {
    Object.assign(cache, { [path]: { loaded: true, exports: { __esModule: true, ...members } } });
  }
  try {
    return load();
  } finally {
    for (const [path, module] of before) {
      if (module) {
        cache[path] = module;
      } else {
        delete cache[path];
      }
    }
  }
}
