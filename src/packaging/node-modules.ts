/** Those that a first call needs none of; only functions of theirs are imported. */
const rare = new Set(["node:child_process", "node:crypto", "node:net", "node:os", "node:timers/promises"]);

const importOfNode =
  /^import (?:(?:\* as )?([\w$]+))?(?:, )?(?:\{([^}]*)\})? from "(node:[^"]+|bullmq|ioredis)";$/gm;

/**
 * Has a bundle `require` Node's modules instead of importing them, the rare ones when they are called first: an import
 * asks for all that a module exports, and so loads Node's streams for the sake of `readFileSync`.
 * And those packages that are not there unless a cluster is used: a bundler would look for them.
 */
export function requireNodesModules(bundle: string): string {
  return bundle.replace(
    importOfNode,
    (_, whole: string | undefined, members: string | undefined, name: string) =>
      [
        ...(whole ? [`const ${whole} = require("${name}");`] : []),
        ...(members ?? "")
          .split(",")
          .map((member) => member.trim().split(" as "))
          .filter(([member]) => member !== "")
          .map(([member = "", local = member]) => constant(name, member, local)),
      ].join(" "),
  );
}

function constant(name: string, member: string, local: string): string {
  return rare.has(name) && /^[a-z]/.test(member)
    ? `const ${local} = (...args) => require("${name}").${member}(...args);`
    : `const ${local} = ${name.startsWith("node:") ? "require" : "$peer$"}("${name}").${member};`;
}
