import { execFile } from "node:child_process";
import { join } from "node:path";

/** How to read the repository, and nothing else of its configuration: remotes and headers may carry tokens. */
const kept =
  "^(core\\.(repositoryformatversion|filemode|symlinks|ignorecase|autocrlf|eol)|extensions\\..*)$";

/** The configuration that git sees inside the sandbox, in git's own format. */
export function gitConfigForCommands(gitDir: string): Promise<string> {
  const args = ["config", "--file", join(gitDir, "config"), "-z", "--get-regexp", kept];
  return new Promise((resolve) => {
    execFile("git", args, (_error, stdout) => {
      const entries = stdout.split("\0").filter((entry) => entry !== "");
      resolve(entries.map(toLines).join(""));
    });
  });
}

/** `section.key` newline `value`; a key without a value is true. */
function toLines(entry: string): string {
  const [name = "", ...value] = entry.split("\n");
  const dot = name.indexOf(".");
  const text = value.length === 0 ? "true" : value.join("\n");
  const quoted = text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll("\n", String.raw`\n`);
  return `[${name.slice(0, dot)}]\n\t${name.slice(dot + 1)} = "${quoted}"\n`;
}
