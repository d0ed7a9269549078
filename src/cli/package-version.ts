import { existsSync, readFileSync } from "node:fs";

/** The version in the nearest package.json upwards: the sources and the built code lie at different depths. */
export function packageVersion(): string {
  const file = ["../../", "../../../"]
    .map((up) => new URL(`${up}package.json`, import.meta.url))
    .find((url) => existsSync(url));
  const found: unknown = file === undefined ? {} : JSON.parse(readFileSync(file, "utf8"));
  return typeof found === "object" && found !== null && "version" in found
    ? String(found.version)
    : "unknown";
}
