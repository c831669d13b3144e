import type { Command } from "commander";

export function addKernelCommand(program: Command): void {
  program
    .command("kernel")
    .description("manage the TypeScript kernel")
    .command("install")
    .description("let a Jupyter find the kernel")
    .requiredOption("--prefix <dir>", "the prefix of that Jupyter, as its `sys.prefix` says")
    .action(async ({ prefix }: { prefix: string }) => {
      const { installKernelspec } = await import("../../setup/install-kernelspec.js");
      const { installLabExtension } = await import("../../setup/install-lab-extension.js");
      console.log(`Installed the kernelspec into ${await installKernelspec(prefix)}`);
      console.log(`Installed JupyterLab's extension into ${await installLabExtension(prefix)}`);
    });
}
