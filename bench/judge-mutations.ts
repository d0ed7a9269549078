/**
 * Mutations of the hostile corpus through the shell judge: `npx node bench/judge-mutations.ts [count] [seed]`.
 * None may be allowed; what is, is printed, and the exit code is 1. The test does fewer of the same.
 */
import { judgeScript } from "../src/core/shell/judge-script.ts";
import { createCorpusProject } from "../test/core/shell/corpus/corpus-project.ts";
import { mutate, seeded } from "../test/core/shell/corpus/mutate.ts";
import { readCorpus } from "../test/core/shell/corpus/read-corpus.ts";

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const project = createCorpusProject();
const chance = seeded(seed);
// Text that is not whole may be made whole by what is put around it.
const lines = readCorpus("hostile").filter((line) => line.class !== "61");
const decisions = { allow: 0, ask: 0, deny: 0 };
const start = performance.now();
for (let done = 0; done < count; done++) {
  const line = lines[chance(lines.length)];
  if (line === undefined) throw new Error("Internal error: no such line");
  const mutated = mutate(project.fill(line), chance);
  const scene = project.scene(line.cwd);
  const { decision } = judgeScript(mutated, { scene, secondOpinion: () => undefined });
  decisions[decision]++;
  if (decision === "allow") console.log(`allowed, ${line.id}: ${JSON.stringify(mutated)}`);
}
const seconds = (performance.now() - start) / 1000;
project.remove();
console.log(
  `${count} mutations of ${lines.length} lines, seed ${seed}: ${decisions.allow} allowed, ` +
    `${decisions.ask} asked, ${decisions.deny} denied, ${seconds.toFixed(1)} s`,
);
process.exitCode = decisions.allow === 0 ? 0 : 1;
