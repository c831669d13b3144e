import type { Command } from "commander";
import { checkInstalled, kernelPackages } from "../../missing-package.js";
import { UsageError } from "../options/usage-error.js";

interface PlaceOptions {
  prefix?: string;
  sysPrefix?: boolean;
  user?: boolean;
}

interface InstallOptions extends PlaceOptions {
  name?: string;
  displayName?: string;
  js?: boolean;
  force?: boolean;
}

export function addKernelCommand(program: Command): void {
  const kernel = program.command("kernel").description("manage the TypeScript kernel");
  withPlace(kernel.command("install").description("let a Jupyter find the kernel"))
    .option("--name <name>", "the kernel's name (default: both tslab and jslab)")
    .option("--display-name <text>", "the name that front ends show")
    .option("--js", "the kernel for JavaScript alone")
    .option("--force", "replace another kernel of that name")
    .action(install);
  withPlace(kernel.command("list").description("list the kernels of poolbook that are installed")).action(
    async (place: PlaceOptions) => {
      const { listKernels } = await import("../../setup/kernel-installation.js");
      for (const folder of listKernels(await dataFolder(place))) {
        console.log(folder);
      }
    },
  );
  withPlace(kernel.command("uninstall").description("remove a kernel of poolbook"))
    .argument("<names...>", "the kernel's name, or several")
    .action(async (names: string[], place: PlaceOptions) => {
      const { uninstallKernels } = await import("../../setup/kernel-installation.js");
      for (const folder of await uninstallKernels(await dataFolder(place), names)) {
        console.log(`Removed ${folder}`);
      }
    });
}

function withPlace(command: Command): Command {
  return command
    .option("--prefix <dir>", "the prefix of that Jupyter, as its `sys.prefix` says")
    .option("--sys-prefix", "the prefix of the active virtual or conda environment")
    .option("--user", "the user's own folder, where every Jupyter of theirs looks");
}

async function install({ name, displayName, js = false, force, ...place }: InstallOptions): Promise<void> {
  checkInstalled(kernelPackages);
  const { installKernels } = await import("../../setup/kernel-installation.js");
  const folder = await dataFolder(place);
  // Without a choice, the JavaScript kernel comes beside the other, as tslab's own installation has it.
  const languages = js || name !== undefined || displayName !== undefined ? [js] : [false, true];
  const kernels = languages.map((javascript) => ({
    name: name ?? (javascript ? "jslab" : "tslab"),
    displayName,
    javascript,
  }));
  const { kernelspecs, labExtension } = await installKernels(folder, kernels, force);
  for (const kernelspec of kernelspecs) {
    console.log(`Installed the kernelspec into ${kernelspec}`);
  }
  console.log(`Installed JupyterLab's extension into ${labExtension}`);
}

/** Jupyter's data folder in the one place that the options name. */
async function dataFolder({ prefix, sysPrefix, user }: PlaceOptions): Promise<string> {
  if ([prefix, sysPrefix, user].filter((place) => place !== undefined).length !== 1) {
    throw new UsageError("Expected one of --prefix, --sys-prefix and --user");
  }
  const { dataFolderOf } = await import("../../setup/kernel-installation.js");
  if (user) {
    const { userDataFolder } = await import("../../setup/data-folder.js");
    return userDataFolder();
  }
  const active = prefix ?? (process.env.VIRTUAL_ENV || process.env.CONDA_PREFIX);
  if (!active) {
    throw new UsageError("No virtual or conda environment is active; --prefix names one");
  }
  return dataFolderOf(active);
}
