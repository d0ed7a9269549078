/** Whether a matcher (`Bash`, `Edit|Write`, `mcp__*`) names a tool. Linear: each part is looked for once, from the left. */
export function matchesTool(matcher: string, tool: string): boolean {
  return matcher.split("|").some((pattern) => matchesOne(pattern, tool));
}

function matchesOne(pattern: string, tool: string): boolean {
  const parts = pattern.split("*");
  const first = parts.shift() ?? "";
  const last = parts.pop();
  if (last === undefined) return tool === first;
  if (!tool.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = tool.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return tool.length - last.length >= at && tool.endsWith(last);
}
