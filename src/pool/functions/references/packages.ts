const installed = /^(.*[\\/]node_modules[\\/])((?:@[^\\/]+[\\/])?[^\\/]+)/;

/** The folder of the installed package that a file belongs to; undefined for the user's own files. */
export function packageOf(path: string): string | undefined {
  return installed.exec(path)?.[0];
}

/** The name of the installed package that a file, by its path or URL, belongs to. */
export function packageNameOf(file: string | undefined): string | undefined {
  return installed.exec(file ?? "")?.[2]?.replaceAll("\\", "/");
}
