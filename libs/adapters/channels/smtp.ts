// One mail over one SMTP connection (RFC 5321), and what the server's answers mean for the message.
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import type { Receipt } from '#domain/notices';
import { boundedRetryMs } from './outbound-http.js';

/** What is taken apart once, from `smtp[s]://user:password@host:port`. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS where it is offered. */
  readonly secure: boolean;
  readonly credentials: { readonly user: string; readonly pass: string } | null;
}

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

const loopback = /^(localhost|127(\.\d+){3}|::1)$/;

/** Port 465 has TLS from the first byte, 587 is for submission (RFC 8314 §3). */
export function smtpServer(url: string): SmtpServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    credentials:
      username === '' ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  };
}

/** Never throws. Ends within `timeoutMs`, and with it the connection, whatever the server does. */
export async function sendMail(
  server: SmtpServer,
  envelope: Envelope,
  message: Uint8Array,
  timeoutMs: number,
): Promise<Receipt> {
  const isHere = loopback.test(server.host);
  const connection = new SmtpConnection({
    host: server.host,
    port: server.port,
    secure: server.secure,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // A password leaves this machine over TLS or not at all.
    ignoreTLS: isHere,
    requireTLS: !isHere && server.credentials !== null,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Receipt>((resolve, reject) => {
      timer = setTimeout(() => resolve({ outcome: 'retry', detail: 'no answer in time' }), timeoutMs);
      connection.once('error', reject);
      connection.once('end', () => reject(new Error('the server hung up')));
      talk(connection, server, envelope, message).then(resolve, reject);
    });
  } catch (fault) {
    return receiptOfFault(fault);
  } finally {
    clearTimeout(timer);
    connection.on('error', () => {});
    connection.close();
  }
}

async function talk(
  connection: SmtpConnection,
  { credentials }: SmtpServer,
  envelope: Envelope,
  message: Uint8Array,
): Promise<Receipt> {
  await new Promise<void>((resolve, reject) =>
    connection.connect(fault => (fault ? reject(fault) : resolve())),
  );
  if (credentials) {
    await new Promise<void>((resolve, reject) =>
      connection.login({ credentials }, fault => (fault ? reject(fault) : resolve())),
    );
  }
  const answer = await new Promise<string>((resolve, reject) =>
    connection.send({ ...envelope }, Buffer.from(message), (fault, info) =>
      fault ? reject(fault) : resolve(info?.response ?? ''),
    ),
  );
  return { outcome: 'accepted', detail: codesOf(answer) };
}

/** A refusal of these is about the message; of anything else about the server, which may be put right. */
const aboutTheMessage: ReadonlySet<string> = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);

interface SmtpFault {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
  readonly responseCode?: unknown;
}

/** Network errors by which something besides SMTP answered, or nobody. */
function receiptOfFault(fault: unknown): Receipt {
  const { code, command, response, responseCode } = fault as SmtpFault;
  if (typeof response !== 'string' || typeof responseCode !== 'number') {
    return {
      outcome: 'retry',
      detail: `the mail server cannot be used: ${words[String(code)] ?? 'no answer'}`,
      isUnreachable: true,
    };
  }
  const detail = codesOf(response);
  if (responseCode >= 500 && aboutTheMessage.has(String(command))) return { outcome: 'refused', detail };
  return { outcome: 'retry', detail, afterMs: readWait(response) };
}

const words: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'no answer in time',
  ETLS: 'no TLS',
  EAUTH: 'it does not take our password',
  EPROTOCOL: 'it does not speak SMTP',
  EDNS: 'its name is not known',
};

/** The codes alone (RFC 5321 §4.2, RFC 3463): the text beside them may repeat the address. */
function codesOf(response: string): string {
  const [, code, enhanced] = /^(\d{3})[ -]?(\d\.\d{1,3}\.\d{1,3})?/.exec(response) ?? [];
  return ['SMTP', code, enhanced].filter(Boolean).join(' ');
}

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** Greylisting says for how long in words, if at all: "try again in 300 seconds". Undefined: it does not say. */
function readWait(response: string): number | undefined {
  const [, amount, unit = 's'] = /\b(\d{1,12})\s*(s|m|h)(?:ec|in|our)?\w*\b/i.exec(response.slice(4)) ?? [];
  return amount === undefined
    ? undefined
    : boundedRetryMs(Number(amount) * (unitsMs[unit.toLowerCase()] ?? 0));
}
