// A browser and its push service for tests: decrypts RFC 8291 by itself and believes no VAPID token (RFC 8292) unread.
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { type Call, type Check, must } from './strict-server.js';

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const bytesOf = (text: string) => Buffer.from(text, 'base64url');

export class PushBrowser {
  private readonly keys: ECDH = createECDH('prime256v1');
  private readonly auth = randomBytes(16);
  /** What was shown, in order. */
  readonly heard: unknown[] = [];

  constructor(
    /** The gateway's key, which the browser subscribed with. */
    private readonly applicationServerKey: string,
  ) {
    this.keys.generateKeys();
  }

  /** As an endpoint keeps it: `p256dh.auth`. */
  get secret(): string {
    return `${base64url(this.keys.getPublicKey())}.${base64url(this.auth)}`;
  }

  /** @param origin of the push service, which the token must be for */
  check(origin: () => string): Check {
    return call => {
      must(call.method === 'POST' && call.path === '/push/1', 'another subscription');
      checkHeaders(call);
      checkVapid(String(call.headers.authorization), this.applicationServerKey, origin());
      const said = JSON.parse(this.decrypt(call.body).toString());
      this.heard.push(said);
      return said.id;
    };
  }

  /** RFC 8291 §3.4 over the one record of RFC 8188 §2. */
  private decrypt(body: Buffer): Buffer {
    must(body.length <= 4_096, 'longer than push services have to take (RFC 8030 §7.2)');
    const salt = body.subarray(0, 16);
    const recordBytes = body.readUInt32BE(16);
    const keyBytes = body.readUInt8(20);
    const serverKey = body.subarray(21, 21 + keyBytes);
    const record = body.subarray(21 + keyBytes);
    must(keyBytes === 65 && record.length <= recordBytes, 'not a record of aes128gcm');
    const shared = this.keys.computeSecret(serverKey);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.keys.getPublicKey(), serverKey]);
    const ikm = Buffer.from(hkdfSync('sha256', shared, this.auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16));
    const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12));
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(record.subarray(-16));
    const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
    const end = padded.lastIndexOf(2);
    must(end >= 0 && padded.subarray(end + 1).every(byte => byte === 0), 'no end of the last record');
    return padded.subarray(0, end);
  }
}

function checkHeaders({ headers }: Call): void {
  must(headers['content-encoding'] === 'aes128gcm', 'another encoding');
  must(/^\d+$/.test(String(headers.ttl)), 'no TTL (RFC 8030 §5.2)');
  must(/^(very-low|low|normal|high)$/.test(String(headers.urgency)), 'no urgency (RFC 8030 §5.3)');
  must(/^[\w-]{1,32}$/.test(String(headers.topic)), 'no topic (RFC 8030 §5.4)');
}

/** RFC 8292 §2 and 3: a JWT signed by the key that the browser subscribed with, for this service, for at most a day. */
function checkVapid(header: string, applicationServerKey: string, origin: string): void {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? [];
  must(key === applicationServerKey, 'another application server');
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = bytesOf(key);
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: base64url(point.subarray(1, 33)),
      y: base64url(point.subarray(33)),
    },
  });
  const signed = Buffer.from(`${head}.${claims}`);
  const dsa = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  must(verify('sha256', signed, dsa, bytesOf(signature)), 'a forged token');
  const { aud, exp, sub } = JSON.parse(bytesOf(claims).toString());
  const now = Date.now() / 1000;
  must(JSON.parse(bytesOf(head).toString()).alg === 'ES256', 'another algorithm');
  must(aud === origin, 'a token for another service');
  must(exp > now && exp <= now + 24 * 3_600, 'a token for too long');
  must(/^(mailto:|https:)/.test(sub), 'nobody to turn to');
}
