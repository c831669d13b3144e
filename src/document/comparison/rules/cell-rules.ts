import { type Cell, joinLines, type Notebook } from "../../notebook.js";
import { recordOf } from "../../record.js";
import type { CheckSettings, RuleLayer } from "./check-rules.js";
import { CheckSettingsError, parseCheckSettings } from "./check-settings.js";
import { commentLeader } from "./comment-leader.js";
import { type ResolvedRules, resolveRules } from "./resolve-rules.js";

const settingsOfTags: Record<string, CheckSettings> = {
  "check-skip": { output: "ignore" },
  "check-output": { output: "compare" },
  "check-unordered": { order: "unordered" },
  "check-interleaved": { order: "interleaved" },
  "nbval-ignore-output": { output: "ignore" },
  "nbval-check-output": { output: "compare" },
  "nbval-skip": { output: "ignore" },
};

// nbval writes the same words as comments; the older prefix is still understood there.
const settingsOfComments: Record<string, CheckSettings> = {
  NBVAL_IGNORE_OUTPUT: { output: "ignore" },
  PYTEST_VALIDATE_IGNORE_OUTPUT: { output: "ignore" },
  NBVAL_CHECK_OUTPUT: { output: "compare" },
  NBVAL_SKIP: { output: "ignore" },
};

/**
 * The rules for one cell of `notebook`. `layers` hold for every notebook, the farthest first; nearer are the metadata of the
 * notebook, the metadata of the cell, its tags, and comments in it. Throws CheckSettingsError.
 */
export function cellRules(notebook: Notebook, cell: Cell, layers: RuleLayer[] = []): ResolvedRules {
  return resolveRules([
    ...layers,
    metadataLayer(notebook.metadata, "notebook metadata"),
    metadataLayer(cell.metadata, "cell metadata"),
    ...tagLayers(cell),
    ...commentLayers(notebook, cell),
  ]);
}

/** The tags of the runner that say what nbval's tags and comments say about executing the cell. */
export function executionTags(notebook: Notebook, cell: Cell): string[] {
  const words = [...(cell.metadata.tags ?? []), ...comments(notebook, cell)];
  const has = (name: string): boolean =>
    words.includes(`nbval-${name}`) || words.includes(`NBVAL_${name.replace("-", "_").toUpperCase()}`);
  return [
    ...(has("skip") ? ["skip-execution"] : []),
    ...(has("raises-exception") ? ["raises-exception"] : []),
  ];
}

function metadataLayer(metadata: Record<string, unknown>, source: string): RuleLayer {
  const own = metadata.poolbook;
  if (own !== undefined && (typeof own !== "object" || own === null)) {
    throw new CheckSettingsError(
      `${source}: expected \`poolbook\` to be an object, got \`${JSON.stringify(own)}\``,
    );
  }
  return { source, settings: parseCheckSettings(recordOf(own).check, source) };
}

function tagLayers(cell: Cell): RuleLayer[] {
  const tags = cell.metadata.tags ?? [];
  const unknown = tags.find((tag) => tag.startsWith("check-") && !Object.hasOwn(settingsOfTags, tag));
  if (unknown !== undefined) {
    const known = Object.keys(settingsOfTags).filter((tag) => tag.startsWith("check-"));
    throw new CheckSettingsError(`unknown tag \`${unknown}\`; known: ${known.join(", ")}`);
  }
  if (tags.includes("check-unordered") && tags.includes("check-interleaved")) {
    throw new CheckSettingsError("the tags `check-unordered` and `check-interleaved` exclude each other");
  }
  return tags
    .filter((tag) => Object.hasOwn(settingsOfTags, tag))
    .map((tag) => ({ source: `tag \`${tag}\``, settings: settingsOfTags[tag] ?? {} }));
}

function commentLayers(notebook: Notebook, cell: Cell): RuleLayer[] {
  return comments(notebook, cell)
    .filter((comment) => Object.hasOwn(settingsOfComments, comment))
    .map((comment) => ({ source: `comment \`${comment}\``, settings: settingsOfComments[comment] ?? {} }));
}

/** The lines of the cell that are nothing but a comment, without what begins it. */
function comments(notebook: Notebook, cell: Cell): string[] {
  const leader = commentLeader(notebook, cell);
  return joinLines(cell.source)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith(leader))
    .map((line) => line.slice(leader.length).trim());
}
