/** A fetch whose answers end with an error when nothing of them comes for so long: the connection is open, and dead. */
export function endOnSilence(silenceMs: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    const body = response.body.pipeThrough(watched(silenceMs));
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  };
}

function watched(silenceMs: number): TransformStream<Uint8Array, Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const watch = (controller: TransformStreamDefaultController<Uint8Array>): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      controller.error(new Error(`the answer stopped: nothing came for ${silenceMs / 1_000} s`));
    }, silenceMs);
    timer.unref();
  };
  return new TransformStream({
    start: watch,
    transform: (chunk, controller) => {
      watch(controller);
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
}
