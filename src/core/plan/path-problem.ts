/** Why a path is not one inside the repository. */
export function pathProblem(path: string): string | undefined {
  if (path.includes("${{")) return undefined;
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)) return "is absolute";
  if (path.startsWith("~")) return "begins with ~";
  if (path.split(/[\\/]/).includes("..")) return "leads out with ..";
  return path.includes("\\") && /\\[^*?[\]{}()!+@\\]/.test(path) ? "uses backslashes" : undefined;
}
