import { createConnection } from "vscode-languageserver/node";
import { LanguageServer } from "./server.js";

/** `poolbook lsp`: speaks the Language Server Protocol on stdin and stdout until the client says `exit` or goes away. */
export function startServer(): void {
  const connection = createConnection(process.stdin, process.stdout);
  // Nothing but the protocol may come out there.
  console.log = console.error;
  new LanguageServer(connection).listen();
}
