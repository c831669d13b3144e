const suite = process.argv[2];
if (!suite || !/^[a-z]+$/.test(suite)) {
  throw new TypeError(`Expected the name of a benchmark suite, got \`${suite}\``);
}
await import(`./${suite}.js`);
