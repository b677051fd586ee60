// Every HTTP call of Airbind in one table: the gateway's routes, the clients' types and the OpenAPI document follow it.
import type { z } from 'zod';
import { alarms } from './endpoints/alarms.js';
import { batches } from './endpoints/batches.js';
import { devices } from './endpoints/devices.js';
import type { Admittance, Endpoint } from './endpoints/endpoint.js';
import { erasureCalls } from './endpoints/erasures.js';
import { farewellCalls } from './endpoints/farewell.js';
import { making } from './endpoints/making.js';
import { operatorCalls } from './endpoints/operators.js';
import { people } from './endpoints/people.js';
import { possessions } from './endpoints/possession.js';
import { reach } from './endpoints/reach.js';
import { sharingCalls } from './endpoints/sharing.js';
import { tellingCalls } from './endpoints/telling.js';

export type { Access, Admittance, Endpoint, Needs } from './endpoints/endpoint.js';

export const apiPrefix = '/api/v1';

export const endpoints = {
  ...people,
  ...operatorCalls,
  ...making,
  ...batches,
  ...devices,
  ...sharingCalls,
  ...possessions,
  ...alarms,
  ...reach,
  ...tellingCalls,
  ...erasureCalls,
  ...farewellCalls,
} as const satisfies Record<string, Endpoint>;

/**
 * Not JSON, and therefore beside the table: the live stream (`text/event-stream`, resumable with Last-Event-ID),
 * a camera's last picture (`image/jpeg`), a label (`?format=svg|png`, operators), and the live trace of a device
 * (`text/event-stream`, operators), a person's copy of what is held about them (`application/x-ndjson`), and the
 * certificates of an erasure and of an account that has ended as the files that are verified (`application/json`).
 */
export const streams = {
  export: '/accounts/current/export',
  certificate: '/accounts/current/past/{pastId}/certificate',
  farewellCertificate: '/farewells/{token}/certificate',
  events: '/events',
  snapshot: '/devices/{deviceId}/snapshot',
  label: '/devices/{deviceId}/label',
  watch: '/devices/{deviceId}/watch',
} as const;

/** Who may open each of them. */
export const streamDoors: Readonly<Record<keyof typeof streams, Admittance>> = {
  export: { access: 'person', needs: 'self' },
  certificate: { access: 'person', needs: 'self' },
  farewellCertificate: { access: 'public' },
  events: { access: 'person', needs: 'self' },
  snapshot: { access: 'person', needs: { device: 'picture' } },
  label: { access: 'operator' },
  watch: { access: 'operator' },
};

export type EndpointName = keyof typeof endpoints;
export type Answer<N extends EndpointName> = z.output<(typeof endpoints)[N]['answer']>;
export type Body<N extends EndpointName> = (typeof endpoints)[N] extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined;

/** The path of a call with its parameters filled in and escaped. */
export function pathOf(path: string, params: Readonly<Record<string, string>> = {}): string {
  return (
    apiPrefix +
    path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`the path ${path} needs ${name}`);
      return encodeURIComponent(value);
    })
  );
}
