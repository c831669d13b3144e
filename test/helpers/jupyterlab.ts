import { cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { finished, startPoolbook } from "./poolbook.js";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** JupyterLab as `poolbook lab` opens it, on a copy of the course, in a real browser. */
export class JupyterLab {
  static async start(chromiumPath: string): Promise<JupyterLab> {
    const folder = path.join(ROOT, ".build", "lab");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    cpSync(path.join(ROOT, "notebooks"), folder, { recursive: true });
    const server = startPoolbook(["lab", folder, "--no-browser"]);
    const ended = finished(server);
    const url = await Promise.race([
      new Promise<string>((resolve) => {
        let log = "";
        server.stderr?.on("data", (text) => {
          log += text;
          const found = /http:\/\/127\.0\.0\.1:\d+\/lab\S*\?token=\w+/.exec(log);
          if (found) resolve(found[0]);
        });
      }),
      ended.then(({ stderr }) => Promise.reject(new Error(`JupyterLab did not start: ${stderr}`))),
    ]);
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
    });
    return new JupyterLab(new URL(url), browser, async () => {
      await browser.close();
      server.kill("SIGTERM");
      await ended;
    });
  }

  private constructor(
    readonly url: URL,
    readonly browser: Browser,
    readonly stop: () => Promise<void>,
  ) {}

  /** The notebook, open and connected to its kernel. */
  async open(notebook: string): Promise<LabNotebook> {
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 1600 } });
    const { origin, searchParams } = this.url;
    await page.goto(`${origin}/lab/tree/${notebook}?reset&token=${searchParams.get("token")}`);
    const connected = page.locator(".jp-NotebookPanel .jp-Toolbar-kernelName", { hasNotText: "No Kernel" });
    await connected.waitFor({ timeout: 60_000 });
    await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor({ timeout: 60_000 });
    return new LabNotebook(page);
  }
}

export class LabNotebook {
  constructor(readonly page: Page) {}

  async kernelName(): Promise<string> {
    return (await this.page.locator(".jp-NotebookPanel .jp-Toolbar-kernelName").first().innerText()).trim();
  }

  /** Chooses Run All Cells in the menu, and resolves when `count` code cells have run. */
  async runAll(count: number): Promise<void> {
    await this.page.locator('.lm-MenuBar-itemLabel:text-is("Run")').click();
    await this.page.locator('.lm-Menu-itemLabel:text-is("Run All Cells")').click();
    await this.page
      .locator(".jp-CodeCell .jp-InputPrompt", { hasText: `[${count}]:` })
      .waitFor({ timeout: 120_000 });
  }

  /** What each code cell shows below its source. */
  async outputs(): Promise<string[]> {
    return await this.page.locator(".jp-CodeCell .jp-Cell-outputArea").allInnerTexts();
  }
}
