// A fault for the crash suite to find: the store says "durable" at once, and writes a quarter of a second later.
const { SqliteIntakeStore } = await import(
  new URL('../../dist/libs/adapters/storage/sqlite-intake.store.js', import.meta.url).href
);

const lateMs = 250;
const { commit } = SqliteIntakeStore.prototype;
let line = Promise.resolve();

SqliteIntakeStore.prototype.commit = async function (batch) {
  line = line
    .then(() => new Promise(resolve => setTimeout(resolve, lateMs)))
    .then(() => commit.call(this, batch))
    .catch(() => {});
  // What decides about devices is written in time, so that they can be bound at all.
  if (batch.inputs.every(({ kind }) => kind !== 'telemetry')) await line;
  return { ok: true, notices: [] };
};
