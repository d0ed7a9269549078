/** A path and the folders it is in, the top first: `a/b` is `a` and `a/b`. */
export function pathsDown(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}
