// Every setting of the gateway: the variable, what it takes, its default and what it means. The one source of all lists.
import { z } from 'zod';
import { usualLimits } from '#adapters/broker';
import {
  addresses,
  databaseUrl,
  file,
  folder,
  host,
  mailSender,
  origin,
  port,
  smtpUrl,
  token,
  vapidSubject,
  webAddress,
  wholeNumber,
  yesOrNo,
} from './text-schemas.js';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** `usual` is the text that stands for an unset variable; null means that the gateway finds out by itself, as `meaning` says. */
function variable<S extends z.ZodType, U extends string | null>(
  name: string,
  schema: S,
  usual: U,
  meaning: string,
) {
  return { name, schema, usual, meaning };
}

const limit = (name: string, usual: number, meaning: string) =>
  variable(name, wholeNumber(1, 1_000_000_000), String(usual), meaning);

export const variables = {
  dataFolder: variable(
    'AIRBIND_DATA',
    folder,
    './data',
    'folder of everything that lasts: database, key ring, pictures; made with mode 0700',
  ),
  databaseUrl: variable(
    'DATABASE_URL',
    databaseUrl,
    null,
    'sqlite:PATH or postgres://…; unset: airbind.db in the data folder',
  ),
  publicUrl: variable(
    'PUBLIC_URL',
    origin,
    null,
    'where phones reach the pages; stands in every printed code, so set it before the first batch; unset: this machine and HTTP_PORT',
  ),
  httpHost: variable(
    'HTTP_HOST',
    host,
    '0.0.0.0',
    'address of the pages and the HTTP interface; 0.0.0.0, so that a phone in the same network reaches them',
  ),
  httpPort: variable(
    'HTTP_PORT',
    port,
    '8080',
    'port of the pages and of MQTT over WebSocket; 0: a free one',
  ),
  mqttHost: variable('MQTT_HOST', host, '0.0.0.0', 'address of the MQTT broker'),
  mqttPort: variable('MQTT_PORT', port, '1883', 'port of the MQTT broker; 0: a free one'),
  mqttTlsPort: variable(
    'MQTT_TLS_PORT',
    port,
    '8883',
    'port of the MQTT broker over TLS, open when there is a certificate; 0: a free one',
  ),
  tlsCertificate: variable(
    'MQTT_TLS_CERT',
    file,
    null,
    'file with the certificate of the MQTT broker and its chain, as PEM; unset: that of `airbind ca create`, if it was made',
  ),
  tlsKey: variable('MQTT_TLS_KEY', file, null, 'file with the private key that belongs to it, as PEM'),
  tlsAuthority: variable(
    'MQTT_TLS_CA',
    file,
    null,
    'file with the authorities whose certificates let devices in, beside that of `airbind ca create`, as PEM',
  ),
  tlsClientCertificate: variable(
    'MQTT_TLS_CLIENT_CERTIFICATE',
    z.enum(['optional', 'required'], { error: 'takes optional or required' }),
    'optional',
    'required: over TLS nobody gets in without a certificate, whatever his secret; MQTT_PORT is not concerned',
  ),
  trustProxy: variable(
    'TRUST_PROXY',
    addresses,
    '',
    'addresses or networks of proxies whose X-Forwarded-For is believed; unset: none',
  ),
  logLevel: variable(
    'LOG_LEVEL',
    z.enum(logLevels, { error: `takes one of ${logLevels.join(', ')}` }),
    'info',
    `how much goes to the log on stderr: ${logLevels.join(', ')}`,
  ),
  sessionDays: variable(
    'SESSION_DAYS',
    wholeNumber(1, 365),
    '30',
    'days after its last use until a session ends',
  ),
  historyDetailDays: variable(
    'HISTORY_DETAIL_DAYS',
    wholeNumber(1, 36_500),
    '35',
    'days for which readings are kept in steps of 10 seconds',
  ),
  historyDays: variable(
    'HISTORY_DAYS',
    wholeNumber(1, 36_500),
    '400',
    'days for which readings are kept in steps of a quarter of an hour, and events one by one',
  ),
  inputDays: variable(
    'INPUT_DAYS',
    wholeNumber(2, 36_500),
    '35',
    'days for which everything that decided is kept as it came in; what a device sends again after them counts anew',
  ),
  metricsToken: variable(
    'METRICS_TOKEN',
    token,
    null,
    'bearer token with which Prometheus may read /metrics, and nothing else; unset: operators only',
  ),
  webhookAllowPrivate: variable(
    'WEBHOOK_ALLOW_PRIVATE',
    yesOrNo,
    'false',
    'whether webhooks, ntfy topics and WeCom robots may be at private and loopback addresses',
  ),
  heartbeatUrl: variable(
    'HEARTBEAT_URL',
    webAddress,
    null,
    'address that is called as long as alarms can be taken in and passed on, so that something outside notices when they cannot; unset: none',
  ),
  heartbeatS: variable('HEARTBEAT_S', wholeNumber(1, 86_400), '60', 'seconds between two such calls'),
  smtpUrl: variable(
    'SMTP_URL',
    smtpUrl,
    null,
    'mail server: smtp://USER:PASSWORD@HOST:PORT (STARTTLS, wanted wherever a password is sent) or smtps://…; unset: no mail',
  ),
  mailFrom: variable(
    'MAIL_FROM',
    mailSender,
    null,
    'sender of mails, such as Airbind <alarms@example.org>; unset: no mail',
  ),
  vapidSubject: variable(
    'VAPID_SUBJECT',
    vapidSubject,
    null,
    'whom a push service may turn to, as mailto:ADDRESS or https://…; unset: the address of MAIL_FROM, or PUBLIC_URL if it is https, else no web push',
  ),
  signInsPerMinute: limit(
    'HTTP_SIGN_INS_PER_MINUTE',
    30,
    'sign-ins, sign-ups and links an address may try; wrong passwords wait longer each time besides',
  ),
  ticketsPerMinute: limit('HTTP_TICKETS_PER_MINUTE', 120, 'scanned codes that an address may look up'),
  claimsPerMinute: limit('HTTP_CLAIMS_PER_MINUTE', 30, 'claims and confirmations an address may try'),
  packetBytes: limit('MQTT_PACKET_BYTES', usualLimits.packetBytes, 'longest MQTT packet'),
  connectBytes: limit('MQTT_CONNECT_BYTES', usualLimits.connectBytes, 'longest CONNECT packet'),
  connectMs: limit('MQTT_CONNECT_MS', usualLimits.connectMs, 'time until the whole CONNECT is there'),
  packetMs: limit(
    'MQTT_PACKET_MS',
    usualLimits.packetMs,
    'time until any other packet that was begun is there',
  ),
  waitingLogins: limit(
    'MQTT_WAITING_LOGINS',
    usualLimits.waitingLogins,
    'connections that are not logged in yet; past it the longest silent one is closed',
  ),
  messagesPerS: limit('MQTT_MESSAGES_PER_S', usualLimits.messagesPerS, 'messages a second and device'),
  burst: limit('MQTT_BURST', usualLimits.burst, 'messages of a device beyond that at once'),
  packetsPerS: limit('MQTT_PACKETS_PER_S', usualLimits.packetsPerS, 'other packets a second and device'),
  topicLevels: limit('MQTT_TOPIC_LEVELS', usualLimits.topicLevels, 'levels of a topic'),
  topicBytes: limit('MQTT_TOPIC_BYTES', usualLimits.topicBytes, 'length of a topic'),
  filtersPerPacket: limit(
    'MQTT_FILTERS_PER_PACKET',
    usualLimits.filtersPerPacket,
    'filters of one SUBSCRIBE or UNSUBSCRIBE',
  ),
  unreadBytes: limit('MQTT_UNREAD_BYTES', usualLimits.unreadBytes, 'output that a client may leave unread'),
  unreadMs: limit('MQTT_UNREAD_MS', usualLimits.unreadMs, 'time for which it may do so'),
  queuedPerClient: limit(
    'MQTT_QUEUED',
    usualLimits.queuedPerClient,
    'messages kept for a session whose client does not acknowledge; past it the newest are dropped',
  ),
  queuedBytes: limit('MQTT_QUEUED_BYTES', usualLimits.queuedBytes, 'bytes of such messages'),
  queuedInAll: limit(
    'MQTT_QUEUED_IN_ALL',
    usualLimits.queuedInAll,
    'messages kept for all such sessions together; past it a session that has 16 gets no more',
  ),
  queuedInAllBytes: limit('MQTT_QUEUED_IN_ALL_BYTES', usualLimits.queuedInAllBytes, 'bytes of such messages'),
  filtersPerClient: limit(
    'MQTT_FILTERS_PER_CLIENT',
    usualLimits.filtersPerClient,
    'filters that a client may subscribe to',
  ),
  filtersInAll: limit(
    'MQTT_FILTERS_IN_ALL',
    usualLimits.filtersInAll,
    'filters that all clients together may subscribe to',
  ),
  keptSessions: limit(
    'MQTT_KEPT_SESSIONS',
    usualLimits.keptSessions,
    'sessions kept for clients between their connections',
  ),
  keptSessionsPerApplication: limit(
    'MQTT_APPLICATION_SESSIONS',
    usualLimits.keptSessionsPerApplication,
    'such sessions of one application; past it another is refused, and counted as `application-sessions-full`',
  ),
  keptSessionDays: limit(
    'MQTT_KEPT_SESSION_DAYS',
    usualLimits.keptSessionDays,
    'days until such a session is forgotten when nobody comes back to it',
  ),
  retainedBytes: limit(
    'MQTT_RETAINED_BYTES',
    usualLimits.retainedBytes,
    'bytes of all retained messages; past it nothing more is retained',
  ),
  exactlyOnceInFlight: limit(
    'MQTT_QOS2_IN_FLIGHT',
    usualLimits.exactlyOnceInFlight,
    'QoS 2 messages of a device that wait for their release',
  ),
  failedLoginsPerMinute: limit(
    'MQTT_FAILED_LOGINS_PER_MINUTE',
    usualLimits.failedLoginsPerMinute,
    'failed logins an address may have',
  ),
  connectionsPerAddress: limit(
    'MQTT_CONNECTIONS_PER_ADDRESS',
    usualLimits.connectionsPerAddress,
    'connections an address may hold',
  ),
  takeOversPerMinute: limit(
    'MQTT_TAKE_OVERS_PER_MINUTE',
    usualLimits.takeOversPerMinute,
    'times that a second connection may end the first of the same client while that still speaks; past it the credential is reported as contested',
  ),
  quarantineMs: limit(
    'MQTT_QUARANTINE_MS',
    usualLimits.quarantineMs,
    'time for which nobody takes over from such a client, unless it is for life safety',
  ),
  handshakes: limit(
    'MQTT_TLS_HANDSHAKES',
    usualLimits.handshakes,
    'TLS connections that may be under way at a time',
  ),
  exemptAddresses: variable(
    'MQTT_EXEMPT_ADDRESSES',
    addresses,
    '127.0.0.1,::1',
    'addresses without the two limits by address above',
  ),
  unansweredMessages: limit(
    'MQTT_UNANSWERED',
    usualLimits.unansweredMessages,
    'messages of all devices together that wait for the store; past it nobody is read',
  ),
  unansweredBytes: limit('MQTT_UNANSWERED_BYTES', usualLimits.unansweredBytes, 'bytes of such messages'),
  drainMs: limit('MQTT_DRAIN_MS', usualLimits.drainMs, 'time that a stop waits for what is being stored'),
} as const;

type Table = typeof variables;

/** What the schema made of the text, or null where an unset variable has no text to stand for it. */
export type Settings = {
  readonly [K in keyof Table]: z.output<Table[K]['schema']> | (null extends Table[K]['usual'] ? null : never);
};
