import type { Command } from "commander";
import { checkInstalled } from "../../missing-package.js";

export function addLspCommand(program: Command): void {
  program
    .command("lsp")
    .description("serve editors over stdin and stdout with the Language Server Protocol")
    .option("--stdio", "speak on stdin and stdout, as is done anyway")
    .option("--clientProcessId <pid>", "the editor's process, as it says itself in the protocol too")
    .action(async () => {
      checkInstalled(["typescript"]);
      const { startServer } = await import("../../lsp/start-server.js");
      startServer();
    });
}
