/** Files of tests that ask for what only a local pool has. */
export const localFiles: Record<string, string> = {
  "cluster/": "they have clusters of their own",
  "workers/no-descriptors.test.js": "each of its forty pools tries for a minute to get a connection",
  "workers/systems.test.js": "plays another system, which an agent does not run on",
  "workers/parent-death.test.js": "asks for the PIDs of workers that no agent has started yet",
};

/** Tests that a leased pool fails, and the reason why it may. */
export const exceptions: Record<string, string> = {
  "drops a queued task and leaves the running one alone": "asks for a PID that is not known yet",
  test_make_pool: "asks for PIDs that are not known yet",
  test_unpickleable_result: "asks for PIDs that are not known yet",
  "an initializer that throws breaks the pool, with its error as the cause, and starts no more workers":
    "asks for PIDs that are not known yet",
  test_traceback: "the stack names the machine, too",
  "the stack names the function, then the worker; the pool's own calls are left out":
    "the stack names the machine, too",
  "every task leaves a record, before, while and after it runs": "the record names the machine, too",
  test_release_unused_processes: "its worker cannot be forked, which an agent tells later",
  "options of workers that make no sense are errors at once": "a folder is one of the agent's machine",
  "env stands in place of this process's environment": "a variable of this process is none of the agent's",
  "with `--inspect` a worker opens a debugger of its own, as workerpool offers":
    "a worker has the debugger of its agent, which has none",
  "const enums, type-only imports, JSON":
    "the manifest of this very package does not say its name there, as the agent has a poolbook of its own",
  "of a package of both kinds they take the one to be imported": "packages do not travel",
};
