// Who may connect to the broker and by what: applications, certificates and the secrets of devices. Operators only.
import { z } from 'zod';
import { identifier, slug, timeMs } from './text.js';

const filters = z.array(z.string().min(1).max(512)).max(64);

export const applicationRequestSchema = z
  .object({ id: slug, subscribe: filters.default([]), publish: filters.default([]) })
  .meta({ id: 'ApplicationRequest' });

/** Topic filters of MQTT 3.1.1 §4.7: what none of them covers is refused. */
export const applicationSchema = z
  .object({
    id: slug,
    /** Its MQTT user name, and the beginning of its client ids. */
    userName: z.string(),
    subscribe: z.array(z.string()),
    publish: z.array(z.string()),
    createdAt: timeMs,
  })
  .meta({ id: 'Application' });
export type ApplicationView = z.infer<typeof applicationSchema>;

/** The secret leaves the gateway once: only a hash of it stays behind. */
export const madeApplicationSchema = applicationSchema
  .extend({ secret: z.string() })
  .meta({ id: 'MadeApplication' });

const hostName = z
  .string()
  .max(253)
  .regex(
    /^([a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*|[0-9a-f:]*:[0-9a-f:.]*)$/i,
    'takes a host name or an address',
  );

export const authorityRequestSchema = z
  .object({
    /** Under which devices reach the broker, beside the host of PUBLIC_URL and this machine's own names. */
    names: z.array(hostName).max(16).default([]),
  })
  .meta({ id: 'AuthorityRequest' });

export const authoritySchema = z
  .object({
    /** PEM: what devices are given, to know the gateway by. */
    certificate: z.string(),
    name: z.string(),
    fingerprint: z.string(),
    endsAt: timeMs,
    /** The gateway's own certificate. */
    server: z.object({ names: z.array(z.string()), endsAt: timeMs }).nullable(),
    /** Where the broker listens for TLS. */
    tlsPort: z.int().nullable(),
  })
  .meta({ id: 'Authority' });
export type AuthorityView = z.infer<typeof authoritySchema>;

export const certificateRequestSchema = z
  .object({
    /** PKCS #10 as PEM, for a key that stays in the device; without it a key is made, and not kept. */
    request: z.string().max(8192).optional(),
  })
  .meta({ id: 'CertificateRequest' });

/** Devices that one call gives certificates to. */
export const certificatesACall = 100;

export const certificatesRequestSchema = z
  .object({ deviceIds: z.array(identifier).min(1).max(certificatesACall) })
  .meta({ id: 'CertificatesRequest' });

/** All PEM. The key leaves the gateway once; null when it was never here. */
export const deviceCertificateSchema = z
  .object({
    deviceId: identifier,
    certificate: z.string(),
    privateKey: z.string().nullable(),
    authority: z.string(),
  })
  .meta({ id: 'DeviceCertificate' });
export type DeviceCertificateView = z.infer<typeof deviceCertificateSchema>;

/** A certificate of the operator's own authority, as PEM; its subject's common name is the device. */
export const certificateSchema = z
  .object({ certificate: z.string().max(16_384) })
  .meta({ id: 'Certificate' });
export const registeredCertificateSchema = z
  .object({ deviceId: identifier, fingerprint: z.string() })
  .meta({ id: 'RegisteredCertificate' });

export const freshSecretSchema = z
  .object({ deviceId: identifier, secret: z.string() })
  .meta({ id: 'FreshSecret' });
