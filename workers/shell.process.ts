import { serveShell } from "../src/adapters/sandbox/serve-shell.ts";

serveShell();
