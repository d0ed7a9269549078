/** How long units took in earlier runs of the repository, in milliseconds, by their ids and those of their tasks. */
export type Durations = ReadonlyMap<string, number>;
