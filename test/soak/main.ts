const [part, ...rest] = process.argv.slice(2);
if (!part || !/^[a-z-]+$/.test(part) || rest.length > 0) {
  console.error("Usage: npm run soak -- PART, where PART is kernel or pool");
  process.exit(2);
}
await import(`./${part}.js`);
