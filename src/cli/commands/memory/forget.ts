import { sourcesToErase } from "../../../core/memory/erase.ts";
import type { Io } from "../../io.ts";
import type { MemoryForgetOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";
import { settledFact } from "../../settled-fact.ts";
import { decide, decideNow } from "./decide.ts";

/** `skein memory forget`: the observations a fact was made of say nothing any more, also to later dreams. */
export async function memoryForgetCommand(options: MemoryForgetOptions, io: Io): Promise<number> {
  const settled = await settledFact(options, io);
  if (!settled.ok) {
    printFailure(settled.error, io);
    return 2;
  }
  const { world, snapshot, found } = settled.value;
  const at = new Date(world.clock.now()).toISOString();
  const { sources } = found.fact;
  if (!options.erase)
    return decide(world, { entries: [{ type: "forgot", at, sources }], snapshot }, io);
  const all = sourcesToErase(
    sources,
    snapshot.segments.flatMap(({ entries }) => entries),
  );
  const done = await decideNow(
    world,
    { entries: [{ type: "forgot", at, sources: [...all], erased: true }], snapshot },
    io,
  );
  if (done === "noted") return 0;
  if (done === 0)
    io.stdout(
      "its words are gone from memory, and no earlier dream can be taken back; what runs wrote stays in .skein/runs\n",
    );
  return done;
}
