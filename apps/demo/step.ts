// A step of the demo: it happens within its time, or the demo ends with a sentence that says which did not.

export class StepFailed extends Error {}

/** @throws StepFailed naming the step when the work fails or takes longer than `withinS`. */
export async function step<T>(what: string, withinS: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new StepFailed(`${what}: it did not happen within ${withinS} s.`)),
      withinS * 1000,
    );
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    if (error instanceof StepFailed) throw error;
    throw new StepFailed(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    clearTimeout(timer);
  }
}
