// Every setting of the gateway: the variable, what it takes, its default and what it means. The one source of all lists.
import { z } from 'zod';
import { brokerVariables } from './broker-variables.js';
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
import { limit, variable } from './variable.js';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

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
    'where phones reach the pages; stands in every code, so none is made without it; port 0: the one HTTP gets; unset: this machine and HTTP_PORT',
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
  ...brokerVariables,
} as const;

type Table = typeof variables;

/** What the schema made of the text, or null where an unset variable has no text to stand for it. */
export type Settings = {
  readonly [K in keyof Table]: z.output<Table[K]['schema']> | (null extends Table[K]['usual'] ? null : never);
};
