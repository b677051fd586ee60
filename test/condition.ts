// Waits for something to become true, by looking again and again; never for a length of time.

const lookAgainMs = 20;

/**
 * Resolves to the first answer of `look` that is there.
 * @throws when it is not within the time; a fault of the last look is the cause.
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = 60_000,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = performance.now() + withinMs;
  let cause: unknown;
  while (performance.now() < deadline) {
    try {
      const seen = await look();
      if (seen !== null && seen !== undefined && seen !== false) {
        return seen as Exclude<T, null | undefined | false>;
      }
    } catch (fault) {
      cause = fault;
    }
    await new Promise(resolve => setTimeout(resolve, lookAgainMs));
  }
  throw new Error(`not within ${withinMs / 1000} s: ${what}`, { cause });
}
