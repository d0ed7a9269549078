/**
 * What an agent's context costs, billed by the offline server's own cache: long sessions with and without each stage, and
 * a fork of agents that share a prefix. `--seeds N` sessions of `--turns N` each; `--agents N,N` forks of so many.
 */
import { parseArgs } from "node:util";

import { forkCost } from "./context/fork.ts";
import { append, session, type SessionTold, upkeepOf } from "./context/sessions.ts";
import { print } from "./support/print.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "5" },
    turns: { type: "string", default: "300" },
    agents: { type: "string", default: "16" },
    json: { type: "boolean" },
  },
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => index + 1);
const turns = Number(values.turns);

const policies = {
  "append until 850k, then compact": append,
  "compact at 136k": upkeepOf(),
  admit: upkeepOf("admit"),
  "admit, delta": upkeepOf("admit", "delta"),
  "admit, delta, clear": upkeepOf("admit", "delta", "clear"),
  "all four": upkeepOf("admit", "delta", "clear", "fold"),
  "all but admit": upkeepOf("delta", "clear", "fold"),
  "all but delta": upkeepOf("admit", "clear", "fold"),
  "all but clear": upkeepOf("admit", "delta", "fold"),
  "all but fold": upkeepOf("admit", "delta", "clear"),
} as const;

for (const readPrice of [0.05, 0.1]) {
  const bills: Record<string, number> = {};
  const rows = [];
  for (const [policy, upkeep] of Object.entries(policies)) {
    const told: SessionTold[] = [];
    for (const seed of seeds) told.push(await session(upkeep, { seed, turns, readPrice }));
    const mean = (of: (one: SessionTold) => number): number =>
      told.reduce((sum, one) => sum + of(one), 0) / told.length;
    bills[policy] = mean(({ bill }) => bill.cost);
    const base = bills["append until 850k, then compact"] ?? Number.NaN;
    rows.push({
      policy,
      bill: ((bills[policy] ?? Number.NaN) / base).toFixed(3),
      "model compactions": mean(({ compactions }) => compactions).toFixed(1),
      most: String(Math.max(...told.map(({ compactions }) => compactions))),
      rewrites: mean(({ rewrites }) => rewrites).toFixed(1),
      refused: String(told.reduce((sum, { refused }) => sum + refused, 0)),
      delivered: `${told.filter(({ status }) => status === "submitted").length} of ${told.length}`,
    });
  }
  const what = `Sessions of ${turns} turns, ${seeds.length} seeds`;
  print(`${what}, cache reads at ${readPrice} of the input price`, rows);
}

const forks = [];
const sizes = values.agents.split(",").map(Number);
for (const [agents, readPrice] of sizes.flatMap((size) => [
  [size, 0.05] as const,
  [size, 0.1] as const,
])) {
  const told = await forkCost({ agents, turns: 20, readPrice });
  forks.push({
    "cache read": String(readPrice),
    agents: String(agents),
    "of naive": (told.bill.cost / told.bill.naive).toFixed(4),
    target: readPrice === 0.05 ? "0.095" : "0.145",
    "read from cache, turns 2 on": `${(100 * told.readLater).toFixed(1)}%`,
    "written twice by forks": String(told.stampede),
    delivered: String(told.delivered),
  });
}
print("Fork: agents of 20 turns that share 60,000 tokens", forks);
