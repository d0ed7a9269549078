import { matchGlobs } from "./glob/match-globs.ts";

/**
 * Names by which other programs are told what to run: git's, agents' and editors' configuration. A star does not reach
 * them; whoever wants them changed names them.
 */
const namedOnly: ReadonlySet<string> = new Set(
  ".git .gitmodules .githooks .husky .skein .mcp.json .claude .cursor .codex .gemini .vscode .idea .envrc .npmrc .ripgreprc .bashrc .bash_profile .profile .zshrc".split(
    " ",
  ),
);

/** Paths of a patch that its contract did not allow. Globs match dot files too; a plain folder name covers what is in it. */
export function outsideScope(
  files: readonly string[],
  write: readonly string[],
): readonly string[] {
  const allowed = write.map((glob) => matchGlobs(scopeGlobs(glob), { nonegate: true }));
  const named = new Set(write.flatMap((glob) => glob.toLowerCase().split("/")));
  return files.filter((file) => {
    const parts = file.toLowerCase().split("/");
    const isNamed = parts.every((part) => !namedOnly.has(part) || named.has(part));
    return !isNamed || !allowed.some((matches) => matches(file));
  });
}

function scopeGlobs(glob: string): string[] {
  const clean = glob.replace(/^\.\//, "").replace(/\/+$/, "");
  // A name with brackets (`[id].ts`, usual in routers) is a file as often as a character class: match it both ways.
  const literal = clean.replaceAll(/[\\$^*+?()[\]{}|!@]/g, (character) => `\\${character}`);
  return clean === "" || clean === "." ? ["**"] : [clean, `${clean}/**`, literal];
}
