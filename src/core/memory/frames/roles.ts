import { conditions } from "../words/lexicon.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { filledIn, type Line, unmarked } from "./line.ts";
import { under } from "./loose-fit.ts";

/** Which hole of a form has the value, which one the value before, or what it holds under. */
export interface Role {
  readonly value: number;
  readonly old: number | undefined;
  readonly condition: number | undefined;
}

/** Of each form that was said, by its text. */
export function rolesOf(lines: readonly Line[]): ReadonlyMap<string, Role> {
  const byForm = Map.groupBy(lines, ({ fit }) => fit.form.text);
  return new Map([...byForm].map(([form, own]) => [form, roleOf(own, lines)]));
}

function roleOf(own: readonly Line[], all: readonly Line[]): Role {
  const [first] = own;
  if (first === undefined || first.fit.parts.length < 2)
    return { value: 0, old: undefined, condition: undefined };
  if (first.fit.form.isConditional) {
    const condition = conditionHoleOf(own);
    return { value: 1 - condition, old: undefined, condition };
  }
  const old = oldHoleOf(own, all);
  return { value: 1 - old, old, condition: undefined };
}

/** The hole whose words were said of the same subject before. */
function oldHoleOf(own: readonly Line[], all: readonly Line[]): number {
  const bySubject = Map.groupBy(all, ({ subject }) => subject);
  let vote = 0;
  for (const line of own) {
    const before = (bySubject.get(line.subject) ?? []).filter(
      (one) => one.sample.time < line.sample.time,
    );
    for (const at of [0, 1]) {
      const words = ` ${filledIn(line, at).toLowerCase()} `;
      if (before.some(({ spoken }) => ` ${spoken.words.join(" ")} `.includes(words)))
        vote += at === 0 ? -1 : 1;
    }
  }
  return vote < 0 ? 0 : 1;
}

const kinds =
  /^(?:branch|version|release|revision|platform|environment|package|region|mode|tier|stage)$/;

/** What is exchanged while the other part stays the same for one subject, or stands behind a word such as "on". */
function conditionHoleOf(own: readonly Line[]): number {
  const weights = [0, 1].map((at) => {
    const near = wordsBeside(own[0], at);
    const opens = under.test(near[0] ?? "") || near.some((word) => kinds.test(word)) ? 1 : 0;
    const isKnown = own.some((line) =>
      meaningsOf(filledIn(line, at)).some((word) => conditions.has(word)),
    );
    return opens + (isKnown ? 2 : 0) + 4 * steadiness(own, 1 - at);
  });
  return (weights[0] ?? 0) >= (weights[1] ?? 0) ? 0 : 1;
}

/** How often one subject has the same words in this hole, and others in the other one. */
function steadiness(own: readonly Line[], at: number): number {
  const bySubject = Map.groupBy(own, ({ subject }) => subject);
  let found = 0;
  for (const lines of bySubject.values()) {
    const same = Map.groupBy(lines, (line) => filledIn(line, at).toLowerCase());
    for (const held of same.values())
      if (new Set(held.map((line) => filledIn(line, 1 - at).toLowerCase())).size > 1) found += 1;
  }
  return found;
}

function wordsBeside(line: Line | undefined, at: number): readonly string[] {
  const part = line?.fit.parts[at];
  if (line === undefined || part === undefined) return [];
  const { from, to } = unmarked(line, part);
  return [from - 1, to].map((place) => line.spoken.words[place] ?? "");
}
