import path from "node:path";
import type { Command } from "commander";
import { checkInstalled, kernelPackages } from "../../missing-package.js";
import type { CopyOptions } from "../copy/open-copy.js";
import { UsageError } from "../options/usage-error.js";

interface LabOptions extends CopyOptions {
  browser: boolean;
  port?: string;
  copy?: string;
  course?: boolean;
}

const usualCopy = "poolbook-course";

export function addLabCommand(program: Command): void {
  program
    .command("lab")
    .description("open notebooks in JupyterLab, which is installed into .venv the first time")
    .argument("[folder]", "where JupyterLab starts", ".")
    .option("--no-browser", "do not open a browser")
    .option("--port <port>", "the port JupyterLab listens on")
    .option("--copy <dir>", "work in a copy of the folder, without outputs, that is kept between starts")
    .option("--course", `the course that comes with poolbook, in a copy: ${usualCopy}, or that of --copy`)
    .option("--fresh", "put that copy aside, after asking, and begin a new one")
    .option("--beside", "put fresh copies beside the chapters that both you and the course have changed")
    .option("--yes", "do not ask")
    .action(async (folder: string, options: LabOptions) => {
      checkInstalled(kernelPackages);
      const { openLab } = await import("./open-lab.js");
      process.exitCode = await openLab(await folderToOpen(folder, options), options);
    });
}

async function folderToOpen(folder: string, options: LabOptions): Promise<string> {
  const { course, copy, fresh, beside } = options;
  if (course) {
    return await openCourse(folder, options);
  }
  if (copy === undefined) {
    if (fresh || beside) {
      throw new UsageError("--fresh and --beside are for --copy and --course");
    }
    return folder;
  }
  if (path.resolve(copy) === path.resolve(folder)) {
    throw new UsageError("--copy must name another folder than the course's own");
  }
  return await copyToOpen(folder, copy, options);
}

async function openCourse(folder: string, options: LabOptions): Promise<string> {
  const { copy = usualCopy } = options;
  if (folder !== ".") {
    throw new UsageError("--course opens a copy of the course; --copy says where");
  }
  const { packageDir } = await import("../../setup/python-environment.js");
  return await copyToOpen(path.join(packageDir, "notebooks"), copy, options);
}

/** Its notebooks can import poolbook wherever it lies. */
async function copyToOpen(source: string, copy: string, options: LabOptions): Promise<string> {
  const { packageDir } = await import("../../setup/python-environment.js");
  const { openCopy } = await import("../copy/open-copy.js");
  const { linkPackage } = await import("../copy/link-package.js");
  await openCopy(source, copy, options);
  linkPackage(copy, packageDir);
  return copy;
}
