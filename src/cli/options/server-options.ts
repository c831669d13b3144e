import type { ServerOptions } from "../../runner/index.js";
import { UsageError } from "./usage-error.js";

export interface ServerChoice {
  serverUrl?: string;
  tokenEnv?: string;
}

/** The server that `--server-url` and `--token-env` name. Throws UsageError; no message shows a token. */
export function serverOptions({ serverUrl, tokenEnv }: ServerChoice): ServerOptions | undefined {
  if (serverUrl === undefined) {
    if (tokenEnv !== undefined) {
      throw new UsageError("--token-env needs --server-url");
    }
    return undefined;
  }
  if (!URL.canParse(serverUrl) || !/^https?:$/.test(new URL(serverUrl).protocol)) {
    throw new UsageError("--server-url takes a URL that begins with http:// or https://");
  }
  const { search, username, password, hash } = new URL(serverUrl);
  if (search || username || password || hash) {
    throw new UsageError(
      "--server-url takes a URL without token, user or query; give the token with --token-env",
    );
  }
  const token = tokenEnv === undefined ? undefined : process.env[tokenEnv];
  if (tokenEnv !== undefined && !token) {
    throw new UsageError(`the environment variable ${tokenEnv} is not set`);
  }
  return { url: serverUrl, token };
}
