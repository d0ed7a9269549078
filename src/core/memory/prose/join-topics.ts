import { likeness, sameMin, weigherOf } from "./same-topic.ts";
import { joinedTopics, type Topic } from "./wordings.ts";

/** More topics than this are not compared all with all. */
const comparedMax = 1_200;
const roundsMax = 12;

/** Puts together what says the same, the likest first, until nothing more is alike. */
export function joinTopics(wordings: readonly Topic[]): readonly Topic[] {
  const weigh = weigherOf(wordings);
  let topics = wordings.slice(0, comparedMax);
  for (let round = 0; round < roundsMax; round += 1) {
    const pairs: { readonly a: Topic; readonly b: Topic; readonly like: number; readonly order: number }[] = [];
    for (const [at, a] of topics.entries())
      for (const b of topics.slice(at + 1)) {
        const like = likeness(a, b, weigh);
        if (like >= sameMin) pairs.push({ a, b, like, order: pairs.length });
      }
    if (pairs.length === 0) break;
    const used = new Set<Topic>();
    const joined: Topic[] = [];
    for (const { a, b } of pairs.toSorted((x, y) => y.like - x.like || x.order - y.order)) {
      if (used.has(a) || used.has(b)) continue;
      used.add(a).add(b);
      joined.push(joinedTopics(a, b));
    }
    topics = [...topics.filter((one) => !used.has(one)), ...joined];
  }
  return topics;
}
