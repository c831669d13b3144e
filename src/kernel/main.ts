import { keepCompiledModules } from "../language/compiler/compiled-modules.js";
import { checkInstalled, kernelPackages, missingPackage } from "../missing-package.js";
import { launch } from "./launch.js";

try {
  checkInstalled(kernelPackages);
  const launched = launch(process.argv.slice(2));
  keepCompiledModules();
  // Loaded while the thread that speaks to the front end starts.
  const { runKernel } = await import("./run-kernel.js");
  runKernel(launched);
} catch (caught) {
  const error = missingPackage(caught) ?? caught;
  console.error(`poolbook kernel: ${error instanceof Error ? error.message : error}`);
  process.exit(2);
}
