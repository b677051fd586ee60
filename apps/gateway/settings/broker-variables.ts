// The settings of the broker's limits: past each a refusal, a counter and a line in the log.
import { usualLimits } from '#adapters/broker';
import { addresses } from './text-schemas.js';
import { limit, variable } from './variable.js';

export const brokerVariables = {
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
