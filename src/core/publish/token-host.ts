/** A server at the front of `host/group/name` or of a URL. */
const serverOf = /^(?:https?:\/\/)?(?:[^/@]*@)?([^/]+)/;

/**
 * Whether a call of `glab` goes to the server that `GITLAB_TOKEN` is for: the one `GITLAB_HOST` names, else gitlab.com.
 * glab sends the token to whatever server the call names, and that may come out of a repository; gh keeps its own to GitHub.
 */
export function isTokensHost(argv: readonly string[], own = "gitlab.com"): boolean {
  const named = argv.find((argument) => argument.startsWith("--repo="))?.slice("--repo=".length);
  return named === undefined || hostOf(named) === hostOf(own);
}

function hostOf(text: string): string {
  return (serverOf.exec(text)?.[1] ?? "").toLowerCase();
}
