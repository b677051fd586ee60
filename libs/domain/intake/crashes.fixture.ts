// The end of a process in the middle of what a person does to a binding.
import { stage } from './set-stage.fixture.js';

/** Right before the commit of the change, or as soon as anything after it is to be written; then it starts anew. */
export async function crash(deed: () => Promise<unknown>, when: 'before' | 'after'): Promise<void> {
  const { store } = stage.process;
  let isOver = false;
  await new Promise<void>(resolve => {
    store.gate = async batch => {
      const isIt = batch.bindings.length > 0;
      if (!isOver && !(isIt && when === 'before')) {
        isOver = isIt;
        return;
      }
      resolve();
      await new Promise(() => {});
    };
    void deed().then(() => resolve());
  });
  await stage.restart();
}
