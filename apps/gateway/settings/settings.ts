// The gateway's settings: the environment, read once; every fault is named at once.
import { z } from 'zod';
import { DomainError } from '#domain/errors';
import { type Settings, variables } from './variables.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const table = Object.entries(variables);

/** An empty variable is an unset one. */
const environmentSchema = z.object(
  Object.fromEntries(
    table.map(([, { name, schema, usual }]) => [
      name,
      z.preprocess(text => (text === '' || text === undefined ? usual : text), z.nullable<z.ZodType>(schema)),
    ]),
  ),
);

/** @throws DomainError `settings-invalid`, with a fault for each variable that is not right. */
export function readSettings(environment: Environment): Settings {
  const read = environmentSchema.safeParse(environment);
  if (!read.success) {
    throw new DomainError('settings-invalid', {
      faults: read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
    });
  }
  return Object.fromEntries(table.map(([key, { name }]) => [key, read.data[name]])) as Settings;
}
