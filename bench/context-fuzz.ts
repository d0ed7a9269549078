/**
 * Random agents against the strict offline server: `node bench/context-fuzz.ts [turns] [seed]`. No timing; exit 1 when the
 * server finds a request wrong.
 */
import { fuzzSession } from "../test/support/fuzz-session.ts";

const wanted = Number(process.argv[2] ?? 100_000);
let seed = Number(process.argv[3] ?? 1);
const sum = { sessions: 0, turns: 0, requests: 0, rewrites: 0 };
const ends = new Map<string, number>();
const wrong: string[] = [];
while (sum.turns < wanted) {
  const told = await fuzzSession(seed, 80);
  sum.sessions += 1;
  sum.turns += told.turns;
  sum.requests += told.requests;
  sum.rewrites += told.rewrites;
  ends.set(told.status, (ends.get(told.status) ?? 0) + 1);
  wrong.push(...told.refused.map((text) => `seed ${seed}: ${text.slice(0, 300)}`));
  seed += 1;
}
console.log(JSON.stringify({ ...sum, ends: Object.fromEntries(ends), refused: wrong.length }));
for (const line of wrong.slice(0, 20)) console.log(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
