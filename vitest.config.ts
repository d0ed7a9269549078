import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/fresh-build.ts", "test/support/temp-folder.ts"],
    // Against what hangs; no bound on speed: two loaded cores take their time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
  },
});
