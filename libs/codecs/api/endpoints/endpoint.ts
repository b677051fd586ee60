// One HTTP call: its method, its path, who may make it by which right, and what goes in and comes out.
import type { z } from 'zod';
import type { Right } from '../rights.js';

/** Who may call: anyone, anyone signed in, or operators only. */
export type Access = 'public' | 'person' | 'operator';

/** The right that a person needs, on the device, home or alarm that the path names. */
export type Needs = { readonly device: Right } | { readonly home: Right } | { readonly alarm: Right };

/**
 * Who is let in. Whoever is signed in needs a right on what the path names; `self`: the call is about the caller
 * alone, and answers with nothing that is not theirs. A call of a person that says neither does not compile.
 */
export type Admittance =
  | { readonly access: 'public' | 'operator'; readonly needs?: undefined }
  | { readonly access: 'person'; readonly needs: 'self' | Needs };

/** Below `/api/v1`, parameters in braces; what a right is needed on must be among them. */
type Place =
  | { readonly path: `/${string}`; readonly needs?: 'self' }
  | { readonly path: `/${string}{deviceId}${string}`; readonly needs: { readonly device: Right } }
  | { readonly path: `/${string}{homeId}${string}`; readonly needs: { readonly home: Right } }
  | { readonly path: `/${string}{alarmId}${string}`; readonly needs: { readonly alarm: Right } };

export type Endpoint = Admittance &
  Place & {
    readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
    /** Of the parameters behind the question mark, as text. */
    readonly query?: z.ZodType;
    readonly body?: z.ZodType;
    readonly answer: z.ZodType;
    readonly status?: 201;
  };
