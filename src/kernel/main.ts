import { missingPackage } from "../missing-package.js";

try {
  const { runKernel } = await import("./run-kernel.js");
  runKernel(process.argv.slice(2));
} catch (caught) {
  const error = missingPackage(caught) ?? caught;
  console.error(`poolbook kernel: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}
