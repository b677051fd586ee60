// Preloaded by `npm test`: a worker thread that a test starts runs the TypeScript sources too, as Jest itself does.
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) register('../libs/adapters/storage/contracts/typescript.mjs', import.meta.url);
