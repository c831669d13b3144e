import type { Command } from "commander";

export function addLspCommand(program: Command): void {
  program
    .command("lsp")
    .description("serve editors over stdin and stdout with the Language Server Protocol")
    .option("--stdio", "speak on stdin and stdout, as is done anyway")
    .option("--clientProcessId <pid>", "the editor's process, as it says itself in the protocol too")
    .action(async () => {
      const { startServer } = await import("../../lsp/start-server.js");
      startServer();
    });
}
