import { sourcesToErase } from "../../../core/memory/erase.ts";
import type { NamedFact } from "../../../core/memory/gone-facts.ts";
import type { Result } from "../../../model/result.ts";
import { endWith } from "../../end-with.ts";
import { findHeld } from "../../find-held.ts";
import { findEver } from "../../find-merged.ts";
import type { Io } from "../../io.ts";
import type { MemoryForgetOptions } from "../../options/memory-options.ts";
import { settledMemory } from "../../settled-fact.ts";
import { decide, decideNow } from "./decide.ts";

/** `skein memory forget`: the observations a fact was made of say nothing any more, also to later dreams. */
export async function memoryForgetCommand(options: MemoryForgetOptions, io: Io): Promise<number> {
  const settled = await settledMemory(options, io);
  if (!settled.ok) return endWith(settled.error, io);
  const { world, read } = settled.value;
  // The words of what was taken back or forgotten are still in the record.
  const found: Result<NamedFact> = options.erase
    ? findEver(read, options.id, world.hash)
    : findHeld(read, options.id, world.hash);
  if (!found.ok) return endWith(found.error, io);
  const at = new Date(world.clock.now()).toISOString();
  const sources = [...found.value.fact.sources];
  const { snapshot } = read;
  if (!options.erase)
    return decide(world, { entries: [{ type: "forgot", at, sources }], snapshot }, io);
  const all = sourcesToErase(
    sources,
    snapshot.segments.flatMap(({ entries }) => entries),
  );
  const done = await decideNow(
    world,
    { entries: [{ type: "forgot", at, sources: [...all], erased: true }], snapshot, unseen: "" },
    io,
  );
  if (done === "noted") return 0;
  if (done === 0)
    io.stdout(
      "its words are gone from memory, and no earlier dream can be taken back; what runs wrote stays in .skein/runs\n",
    );
  return done;
}
