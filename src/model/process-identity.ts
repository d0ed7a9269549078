import * as z from "zod";

/** Tells a process from every other one, also after a restart of the machine and from inside a container. */
export const processIdentitySchema = z.strictObject({
  pid: z.int().positive(),
  /** In clock ticks since the machine started; "unknown" where nobody tells. */
  startedAt: z.string(),
  /** Of the running kernel. */
  boot: z.string().exactOptional(),
  /** Numbers of processes mean nothing outside of it. */
  pidSpace: z.string().exactOptional(),
});
export type ProcessIdentity = z.output<typeof processIdentitySchema>;
