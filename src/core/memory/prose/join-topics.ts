import { likeness, sameMin, type Weigh, weigherOf } from "./same-topic.ts";
import { joinedTopics, type Topic } from "./wordings.ts";

/** More topics than this are not compared all with all. */
const comparedMax = 1_200;
const roundsMax = 12;

/** Puts together what says the same, the likest first, until nothing more is alike. */
export function joinTopics(wordings: readonly Topic[]): readonly Topic[] {
  const weigh = weigherOf(wordings);
  let topics = withSameName(wordings).slice(0, comparedMax);
  for (let round = 0; round < roundsMax; round += 1) {
    const pairs = alike(topics, weigh);
    if (pairs.length === 0) break;
    const used = new Set<Topic>();
    const joined: Topic[] = [];
    for (const { a, b } of pairs) {
      if (used.has(a) || used.has(b)) continue;
      used.add(a).add(b);
      joined.push(joinedTopics(a, b));
    }
    topics = [...topics.filter((one) => !used.has(one)), ...joined];
  }
  return topics;
}

/** What is called the same is the same, whatever its values look like. */
function withSameName(topics: readonly Topic[]): readonly Topic[] {
  const home = new Map<string, number>();
  const joined: Topic[] = [];
  for (const topic of topics) {
    const names = topic.names.map((name) => name.toSorted().join(" "));
    const at = names.map((name) => home.get(name)).find((place) => place !== undefined);
    const held = at === undefined ? undefined : joined[at];
    if (at === undefined || held === undefined) joined.push(topic);
    else joined[at] = joinedTopics(held, topic);
    for (const name of names) if (!home.has(name)) home.set(name, at ?? joined.length - 1);
  }
  return joined;
}

interface Pair {
  readonly a: Topic;
  readonly b: Topic;
  readonly like: number;
}

/** Pairs to join, the likest first: those that are like enough, or else what has no name with the one name that it is like. */
function alike(topics: readonly Topic[], weigh: Weigh): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const [at, a] of topics.entries()) {
    for (const b of topics.slice(at + 1)) {
      const like = likeness(a, b, weigh);
      if (like > 0) pairs.push({ a, b, like });
    }
  }
  const sure = pairs.filter(({ like }) => like >= sameMin);
  return (sure.length > 0 ? sure : homes(pairs)).toSorted((x, y) => y.like - x.like);
}

/** What has no name belongs to the named one that is likest, if no other one is nearly as like. */
const homeMin = 0.3;
const homeLead = 0.15;

function homes(pairs: readonly Pair[]): readonly Pair[] {
  const byTopic = new Map<Topic, Pair[]>();
  for (const pair of pairs) {
    const { a, b } = pair;
    if (a.names.length > 0 === b.names.length > 0) continue;
    const nameless = a.names.length > 0 ? b : a;
    byTopic.set(nameless, [...(byTopic.get(nameless) ?? []), pair]);
  }
  return [...byTopic.values()].flatMap((own) => {
    const [best, second] = own.toSorted((x, y) => y.like - x.like);
    return best !== undefined && best.like >= homeMin && best.like - (second?.like ?? 0) >= homeLead
      ? [best]
      : [];
  });
}
