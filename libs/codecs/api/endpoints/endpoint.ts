// One HTTP call: its method, its path, who may make it, and what goes in and comes out.
import type { z } from 'zod';

/** Who may call: anyone, anyone signed in, or operators only. A person sees only what is theirs. */
export type Access = 'public' | 'person' | 'operator';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, parameters in braces. */
  readonly path: `/${string}`;
  readonly access: Access;
  /** Of the parameters behind the question mark, as text. */
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
  readonly status?: 201;
}
