export async function lab(_folder: string, _options: object): Promise<number> {
  return 2;
}
