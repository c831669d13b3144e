import type { Locator, Page } from "playwright-core";

/** A notebook in JupyterLab, used as a reader uses it: with its menus and its keyboard. */
export class LabNotebook {
  constructor(readonly page: Page) {}

  async kernelName(): Promise<string> {
    return (await this.page.locator(".jp-NotebookPanel .jp-Toolbar-kernelName").first().innerText()).trim();
  }

  /** The code cell with this number, from 0. */
  codeCell(index: number): Locator {
    return this.page.locator(".jp-CodeCell").nth(index);
  }

  output(index: number): Locator {
    return this.codeCell(index).locator(".jp-Cell-outputArea");
  }

  /** Chooses an entry of the menus, by the names of the menu, its submenus and the entry. */
  async choose(...names: string[]): Promise<void> {
    const [menu = "", ...entries] = names;
    await this.page.locator(`.lm-MenuBar-itemLabel:text-is("${menu}")`).click();
    for (const entry of entries) {
      await this.page.locator(`.lm-Menu-itemLabel:text-is("${entry}")`).click();
    }
  }

  /** Chooses Run All Cells, and resolves when `count` code cells have run. */
  async runAll(count: number): Promise<void> {
    await this.choose("Run", "Run All Cells");
    await this.hasRun(count);
  }

  /** Resolves when the last of `count` code cells has run. */
  async hasRun(count: number): Promise<void> {
    await this.page.locator(".jp-CodeCell .jp-InputPrompt", { hasText: `[${count}]:` }).waitFor();
  }

  /** Runs one code cell with the keyboard. */
  async run(index: number): Promise<void> {
    await this.codeCell(index).locator(".cm-content").click();
    await this.page.keyboard.press("Control+Enter");
  }

  /** Replaces the source of a code cell by one line. */
  async write(index: number, text: string): Promise<void> {
    await this.codeCell(index).locator(".cm-content").click();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.insertText(text);
  }

  /** Restarts the kernel, and resolves when the new one is idle. */
  async restart(): Promise<void> {
    await this.choose("Kernel", "Restart Kernel…");
    await this.page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
    await this.page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
  }

  /** Presses Tab until what is expected is shown: JupyterLab gives a kernel one second to answer, and then forgets it. */
  async complete(expected: Locator): Promise<void> {
    const isShown = () =>
      expected.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    for (let attempt = 0; attempt < 20; attempt++) {
      await this.page.keyboard.press("Tab");
      if (await isShown()) {
        return;
      }
    }
    throw new Error("Tab shows nothing of what is expected");
  }

  /** Writes at the end of a code cell. */
  async type(index: number, text: string): Promise<void> {
    await this.codeCell(index).locator(".cm-content").click();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** What each code cell shows below its source. */
  async outputs(): Promise<string[]> {
    return await this.page.locator(".jp-CodeCell .jp-Cell-outputArea").allInnerTexts();
  }
}
