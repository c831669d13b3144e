import { ensurePythonEnvironment } from "#dist/setup/python-environment.js";

/** The Python environment of this checkout, which is made when it is missing; its kernels are found from now on. */
export async function usePythonEnvironment(): Promise<string> {
  const environment = await ensurePythonEnvironment(({ stage }) => {
    if (stage !== undefined) {
      console.error(stage);
    }
  });
  process.env.VIRTUAL_ENV = environment;
  return environment;
}
