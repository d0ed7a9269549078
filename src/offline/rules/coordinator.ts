import { glob, read, say } from "./ask.ts";
import type { Order } from "./change.ts";
import type { ContractText } from "./contract-text.ts";
import type { Answer, Say, Talk } from "./conversation.ts";
import { eligible } from "./convert.ts";
import { asRecord, parseJson } from "./facts.ts";
import { groupFiles } from "./group-files.ts";
import { planFor } from "./plan-for.ts";
import { searchPattern } from "./search-pattern.ts";
import { readPaths, search } from "./search.ts";
import { notUnderstood } from "./submit.ts";
import { testCommand } from "./test-command.ts";
import { understand } from "./understand.ts";

/** A coordinator's whole life: understand, look around, count, split, submit. */
export function* coordinator(contract: ContractText): Talk<Say> {
  const task = understand(contract.task);
  if (!task.ok) return refusal(`${notUnderstood} (not understood: ${task.error})`);
  if (contract.task.includes("${{"))
    return refusal(`${notUnderstood} (a task with \${{ in it cannot go into a plan)`);
  const [manifests, manifest, locks] = yield say("looking at the repository", [
    glob("**/package.json"),
    read("package.json"),
    glob("{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb}"),
  ]);
  const files = yield* affected(task.value);
  if (files === undefined)
    return refusal("not every place could be searched; name a folder in the task");
  const folders = pathsOf(manifests).map((path) => path.replace(/\/?package\.json$/, ""));
  const tests = testCommand(
    manifest?.isError === false ? asRecord(parseJson(manifest.text)) : {},
    pathsOf(locks),
  );
  const plan = planFor({ orders: task.value, parts: groupFiles(files, folders), tests });
  const [answer] = yield say(plan.summary, [
    { name: "Submit", input: { summary: `offline model: ${plan.summary}`, plan: plan.plan } },
  ]);
  // The rules have no second idea: a plan that was refused once would be refused again.
  return answer?.isError === false
    ? say("delivered", [])
    : refusal(`the plan made by rules was refused: ${answer?.text.slice(0, 500) ?? ""}`);
}

/** Files that at least one order may concern; undefined: they could not all be listed. */
function* affected(orders: readonly Order[]): Talk<readonly string[] | undefined> {
  const found: string[] = [];
  for (const order of orders) {
    const { hits, incomplete } = yield* search(searchPattern(order.change), [""]);
    if (incomplete) return undefined;
    found.push(
      ...eligible(
        hits.map(({ path }) => path),
        { orders: [order], scope: ["**"] },
      ),
    );
  }
  return [...new Set(found)];
}

function pathsOf(answer: Answer | undefined): readonly string[] {
  return answer === undefined ? [] : readPaths(answer);
}

function refusal(text: string): Say {
  return { ...say(text, []), stopReason: "refusal" };
}
