import { readerAnswerSchema } from "../../model/memory-reading.ts";
import { defineTool, type Tool, toolOk } from "../tool.ts";

/** Submit of a reader, its only tool. What is in it is held against the texts by whoever asked. */
export const submitReadingsTool: Tool = defineTool({
  name: "Submit",
  description:
    "Delivers what the texts say and ends your work. readings has one entry at most for each text, by its number; nothing has the numbers of texts that say nothing of this kind.",
  input: readerAnswerSchema,
  effect: "reads",
  prepare: (answer) => ({
    subjects: [],
    run: async () => ({ ...toolOk("Delivered."), ends: { kind: "answer", answer } }),
  }),
});
