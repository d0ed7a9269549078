import type { Command } from "commander";

import type { Dispatch } from "./command-name.ts";
import { serverOptions } from "./server-options.ts";

const oneId = "its id as ls shows it, or 4 characters or more of its beginning";

/** `skein memory …` and `skein dream`. */
export function addMemory(program: Command, dispatch: Dispatch): void {
  const memory = program
    .command("memory")
    .description("what is remembered of this repository: look, add, forget, take back")
    .usage("<command> [options]");
  addLooks(memory, dispatch);
  repo(memory.command("add").description("say something that is worth knowing"))
    .argument("[text]", "one fact in words; - is standard input, a fact a line")
    .option("--scope <scope>", "project (default), user, or agents/<role>")
    .option("--kind <kind>", "fact, preference, procedure, pitfall, decision or open_question")
    .option("--subject <name>", "what it is about")
    .option("--predicate <name>", "what is said of it")
    .option("--value <value>", "and what that is")
    .action((text: string | undefined, raw: object) => dispatch("memory-add", { ...raw, text }));
  repo(memory.command("edit").description("change a fact in your editor ($VISUAL or $EDITOR)"))
    .argument("<id>", oneId)
    .action((id: string, raw: object) => dispatch("memory-edit", { ...raw, id }));
  repo(memory.command("forget").description("forget a fact, also in later dreams"))
    .argument("<id>", oneId)
    .option("--erase", "also take its words out of the inbox and all generations; cannot be undone")
    .action((id: string, raw: object) => dispatch("memory-forget", { ...raw, id }));
  addLearn(memory, dispatch);
  repo(memory.command("import").description("take observations into the inbox"))
    .argument("<file>", "JSON lines (docs/memory.md), also of an export; - is standard input")
    .option("--json", "what was taken, as JSON")
    .action((file: string, raw: object) => dispatch("memory-import", { ...raw, file }));
  repo(memory.command("export").description("every fact with all its fields, one a line"))
    .option("--json", "NDJSON; the only format so far")
    .action((raw: object) => dispatch("memory-export", raw));
  repo(
    memory
      .command("undo")
      .description("take back the latest dreams, or what you decided last on a fact"),
  )
    .argument("[what]", "how many dreams, up to 20 (default: 1), or the id of a fact")
    .option("--dry-run", "show what would change, write nothing")
    .action((what: string | undefined, raw: object) =>
      // No beginning of an id is as short as a number of dreams.
      dispatch("memory-undo", { ...raw, [/^\d{1,3}$/.test(what ?? "1") ? "steps" : "id"]: what }),
    );
  repo(memory.command("restore").description("files of memory as the latest dream left them"))
    .argument("[paths...]", "below .skein/memory (default: those that cannot be read)")
    .option("--all", "all that was changed, removed or added since")
    .action((paths: readonly string[], raw: object) =>
      dispatch("memory-restore", { ...raw, paths }),
    );
  repo(memory.command("review").description("what waits for you, and what you say of it"))
    .option("--accept <id>", "it holds; can be given again", collect)
    .option("--reject <id>", "it does not; can be given again", collect)
    .option("--json", "NDJSON, a fact per line")
    .action((raw: object) => dispatch("memory-review", raw));
  addDream(program, dispatch);
}

function addLooks(memory: Command, dispatch: Dispatch): void {
  repo(memory.command("ls").description("the facts that hold, or those that have all of the words"))
    .argument("[words...]", "in what they say, or what they are about")
    .option("--all", "those, too, that were superseded, quarantined or have expired")
    .option("--json", "NDJSON, a fact per line")
    .action((words: readonly string[], raw: object) => dispatch("memory-ls", { ...raw, words }));
  repo(memory.command("show").description("a fact whole, and what it was made of"))
    .argument("<id>", oneId)
    .option("--json", "as JSON")
    .action((id: string, raw: object) => dispatch("memory-show", { ...raw, id }));
  repo(memory.command("history").description("the latest dreams, and what each changed"))
    .argument("[generation]", "all that this one changed")
    .option("--json", "NDJSON, a generation per line")
    .action((generation: string | undefined, raw: object) =>
      dispatch("memory-history", { ...raw, generation }),
    );
}

function addDream(program: Command, dispatch: Dispatch): void {
  const dream = program
    .command("dream")
    .description("consolidate memory: merge, resolve, make concrete, forget")
    .option("--repo <path>", "the repository (default: where you are)")
    .option("--dry-run", "show what would change, write nothing")
    .option("--compact", "then shorten the inbox by what no fact needs")
    .option("--with-model", "first have a model read what was said without keys")
    .option("--model <id>", "the model that reads");
  serverOptions(dream)
    .option("--budget-usd <x>", "most dollars the reading may cost (default: 0.10)")
    .option("--requests <n>", "most requests it may make (default: 25)")
    .option("--limit-left <percent>", "read only while so much of the API's limits is left")
    .option("--json", "figures and changes as JSON")
    .option("--no-changes", "with --json: the figures only")
    .action((raw: object) => dispatch("dream", raw));
}

function addLearn(memory: Command, dispatch: Dispatch): void {
  const learn = repo(
    memory.command("learn").description("have an agent note what a run taught; it may only look"),
  )
    .argument("[run]", "a run's id, or enough of its beginning or end (default: the latest)")
    .option("--model <id>", "the agent's model");
  serverOptions(learn)
    .option("--budget-usd <x>", "most dollars it may cost (default: 0.50)")
    .option("--unsandboxed", "run commands without a sandbox")
    .option("--json", "events as NDJSON")
    .action((run: string | undefined, raw: object) => dispatch("memory-learn", { ...raw, run }));
}

function repo(command: Command): Command {
  return command.option("--repo <path>", "the repository (default: where you are)");
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
