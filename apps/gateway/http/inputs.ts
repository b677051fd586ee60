// What handlers ask of a request: the body that the table declares, who is calling, and from where.
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Endpoint, type EndpointName, endpoints } from '#codecs/api';
import { type Account, type Actor, addressKey, plainAddress } from '#domain/accounts';
import type { Binding } from '#domain/binding';
import { DomainError } from '#domain/errors';
import { Door } from './call.js';
import type { Caller } from './callers.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard; null for nobody. */
    caller: Caller | null;
    /** Set by the guard: of the device that the caller has a right on; null where none was asked for. */
    binding: Binding | null;
  }
}

/** The body of a call after its schema. */
export type InputOf<N extends EndpointName> = (typeof endpoints)[N] extends {
  body: infer B extends z.ZodType;
}
  ? z.output<B>
  : never;

/** The body, by the schema in the row of the handler's `@Call`. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext): unknown => {
  const call = Door.of(context.getHandler())?.call;
  const endpoint: Endpoint | null = call ? endpoints[call] : null;
  if (!endpoint?.body) throw new Error(`${context.getHandler().name} has no body in the table`);
  return parsed(endpoint.body, requestOf(context).body);
});

const QueryBy = createParamDecorator(({ query }: { query: z.ZodType }, context: ExecutionContext): unknown =>
  parsed(query, requestOf(context).query),
);

/** The query after a schema of the handler's own. (By itself a schema would pass for a pipe: both can `transform`.) */
export const QueryOf = (query: z.ZodType) => QueryBy({ query });

/** `?name=true`. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform(text => text === 'true');

/** The account that calls, on doors that are not public, and from where it does. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { caller, ip } = requestOf(context);
  if (!caller) throw new DomainError('not-signed-in');
  return { ...caller.account, from: { via: caller.via, address: plainAddress(ip) } };
});

/** The binding on which the caller has the right that the table asks for. */
export const Granted = createParamDecorator((_: unknown, context: ExecutionContext): Binding => {
  const { binding } = requestOf(context);
  if (!binding) throw new Error(`${context.getHandler().name} needs no right on a device in the table`);
  return binding;
});

/** The account that calls, or null for nobody. */
export const ByAnyone = createParamDecorator(
  (_: unknown, context: ExecutionContext): Account | null => requestOf(context).caller?.account ?? null,
);

/** Where the call comes from, for counting attempts. */
export const From = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  addressKey(requestOf(context).ip),
);

/** @throws DomainError `invalid-request` with a fault for each field. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new DomainError('invalid-request', {
    faults: read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
  });
}

export function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
