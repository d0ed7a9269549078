/** The entry of a thread or process. Beside this file in `dist`, bundled; while developing, the source itself. */
export function entryOf(name: string): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`../../workers/${name}.${extension}`, import.meta.url);
}
