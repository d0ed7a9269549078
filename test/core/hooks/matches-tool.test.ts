import { expect, test } from "vitest";

import { matchesTool } from "../../../src/core/hooks/matches-tool.ts";

test.each([
  ["Bash", "Bash"],
  ["Edit|Write", "Write"],
  ["*", "Read"],
  ["mcp__*", "mcp__files__read"],
  ["mcp__*__read*", "mcp__files__read_file"],
  ["*Bash*", "KillBash"],
])("%s is for %s", (matcher, tool) => expect(matchesTool(matcher, tool)).toBe(true));

test.each([
  ["Bash", "KillBash"],
  ["Edit|Write", "Read"],
  ["Web*Fetch", "WebFetc"],
  ["Re*ead", "Read"],
  ["", "Read"],
  ["bash", "Bash"],
])("%s is not for %s", (matcher, tool) => expect(matchesTool(matcher, tool)).toBe(false));
