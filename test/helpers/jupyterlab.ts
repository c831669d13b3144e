import { rmSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { chromiumPath } from "./chromium.js";
import { LabNotebook } from "./lab-notebook.js";
import { finished, startPoolbook } from "./poolbook.js";

const root = path.resolve(import.meta.dirname, "../../..");

/**
 * JupyterLab as `poolbook lab --copy` opens it, on a working copy of the course, in a real browser with a fresh profile. The copy is new
 * unless `isFresh` is false.
 */
export class JupyterLab {
  static async start(isFresh = true): Promise<JupyterLab> {
    const folder = path.join(root, ".build", "lab");
    if (isFresh) {
      rmSync(folder, { recursive: true, force: true });
    }
    const server = startPoolbook(["lab", path.join(root, "notebooks"), "--copy", folder, "--no-browser"]);
    const ended = finished(server);
    const url = await Promise.race([
      new Promise<string>((resolve) => {
        let log = "";
        server.stderr?.on("data", (text) => {
          log += text;
          const found = /http:\/\/127\.0\.0\.1:\d+\/lab\S*\?token=\w+/.exec(log);
          if (found) {
            resolve(found[0]);
          }
        });
      }),
      ended.then(({ stderr }) => Promise.reject(new Error(`JupyterLab did not start: ${stderr}`))),
    ]);
    const browser = await chromium.launch({
      executablePath: chromiumPath ?? "",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
    });
    return new JupyterLab(folder, new URL(url), browser, async () => {
      await browser.close();
      server.kill("SIGTERM");
      await ended;
    });
  }

  private constructor(
    /** The folder that JupyterLab shows. */
    readonly folder: string,
    readonly url: URL,
    readonly browser: Browser,
    readonly stop: () => Promise<void>,
  ) {}

  /**
   * The notebook, open and connected to its kernel, in a workspace of its own. The window is so high that every cell is
   * in it: JupyterLab takes cells that are out of sight out of the page.
   */
  async open(notebook: string): Promise<LabNotebook> {
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 9000 } });
    page.setDefaultTimeout(300_000);
    const { origin, searchParams } = this.url;
    const workspace = notebook.replace(/\W+/g, "-");
    const token = searchParams.get("token");
    await page.goto(`${origin}/lab/workspaces/${workspace}/tree/${notebook}?reset&token=${token}`);
    const connected = page.locator(".jp-NotebookPanel .jp-Toolbar-kernelName", { hasNotText: "No Kernel" });
    await connected.waitFor();
    await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
    return new LabNotebook(page);
  }
}
