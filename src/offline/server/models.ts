export type Effort = "low" | "medium" | "high" | "xhigh" | "max";
export type ThinkingType = "adaptive" | "enabled" | "disabled" | "between_tools";
export type Line = "haiku" | "sonnet" | "opus" | "fable" | "mythos";

/** What the server must know of a model to judge a request for it. Token figures are tokens of the estimate. */
export interface ModelFacts {
  readonly id: string;
  readonly line: Line;
  /** 4.5, 4.6, … 5.5: most rules changed from one generation to the next. */
  readonly generation: number;
  readonly window: number;
  readonly maxOutput: number;
  /** The shortest prefix that is cached at all. */
  readonly minCached: number;
  readonly thinking: ReadonlySet<ThinkingType>;
  /** What a request without `thinking` gets. */
  readonly thinksByDefault: boolean;
  /** Whether thinking text comes back without `display: "summarized"`. */
  readonly showsThinking: boolean;
  readonly efforts: ReadonlySet<Effort>;
  readonly systemMessages: boolean;
  readonly retiresAt: string | null;
}

interface Row {
  readonly line: Line;
  readonly version: string;
  readonly minCached: number;
  readonly window?: number;
  readonly maxOutput?: number;
  readonly retiresAt?: string;
  /** Models that always think refuse `disabled`. */
  readonly alwaysThinks?: boolean;
}

const small = { window: 200_000, maxOutput: 64_000 };
const alwaysThinks = true;

const rows: readonly Row[] = [
  { line: "fable", version: "5-2", minCached: 512, alwaysThinks },
  { line: "fable", version: "5-1", minCached: 512, alwaysThinks },
  { line: "fable", version: "5", minCached: 512, alwaysThinks },
  { line: "mythos", version: "5-2", minCached: 512, alwaysThinks },
  { line: "mythos", version: "5-1", minCached: 512, alwaysThinks },
  { line: "mythos", version: "5", minCached: 512, alwaysThinks },
  { line: "opus", version: "5-5", minCached: 512, alwaysThinks },
  { line: "opus", version: "5", minCached: 512 },
  { line: "opus", version: "4-8", minCached: 1024 },
  { line: "opus", version: "4-7", minCached: 2048 },
  { line: "opus", version: "4-6", minCached: 4096 },
  { line: "opus", version: "4-5", minCached: 4096, ...small },
  { line: "sonnet", version: "5-5", minCached: 512 },
  { line: "sonnet", version: "5", minCached: 1024 },
  { line: "sonnet", version: "4-6", minCached: 1024 },
  {
    line: "sonnet",
    version: "4-5",
    minCached: 1024,
    retiresAt: "2026-11-30T00:00:00Z",
    ...small,
  },
  { line: "haiku", version: "5-5", minCached: 512 },
  { line: "haiku", version: "4-5", minCached: 4096, ...small },
];

/** Newest first, as the models endpoint lists them. */
export const models: readonly ModelFacts[] = rows
  .map(factsOf)
  .toSorted((a, b) => b.generation - a.generation);

const byId: ReadonlyMap<string, ModelFacts> = new Map(models.map((model) => [model.id, model]));

const datedIds: ReadonlyMap<string, string> = new Map([
  ["claude-haiku-4-5-20251001", "claude-haiku-4-5"],
  ["claude-opus-4-5-20251101", "claude-opus-4-5"],
  ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5"],
]);

/** A model by its name or its dated name; undefined when the API would answer 404. */
export function findModel(id: string): ModelFacts | undefined {
  return byId.get(datedIds.get(id) ?? id);
}

function factsOf(row: Row): ModelFacts {
  const generation = Number(row.version.replace("-", "."));
  const thinks = row.alwaysThinks === true;
  return {
    id: `claude-${row.line}-${row.version}`,
    line: row.line,
    generation,
    window: row.window ?? 1_000_000,
    maxOutput: row.maxOutput ?? 128_000,
    minCached: row.minCached,
    thinking: new Set<ThinkingType>([
      ...(generation > 4.5 ? (["adaptive"] as const) : []),
      ...(generation < 4.7 ? (["enabled"] as const) : []),
      ...(thinks ? [] : (["disabled"] as const)),
    ]),
    thinksByDefault: thinks,
    showsThinking: generation < 4.7,
    efforts: new Set(effortsOf(row.line, generation)),
    systemMessages: generation >= 5,
    retiresAt: row.retiresAt ?? null,
  };
}

function effortsOf(line: Line, generation: number): readonly Effort[] {
  if (generation >= 4.7) return ["low", "medium", "high", "xhigh", "max"];
  if (generation >= 4.6) return ["low", "medium", "high", "max"];
  return line === "opus" ? ["low", "medium", "high"] : [];
}
