// What MQTT 3.1.1 forbids a client, clause by clause, and what is answered where it has an answer.

/** By the numbers of MQTT 3.1.1, appendix B; a section where its plain text decides. */
export const clauses = {
  'MQTT-1.5.3': 'text holds a control character or a non-character',
  'MQTT-1.5.3-1': 'text is not well-formed UTF-8',
  'MQTT-1.5.3-2': 'text holds U+0000',
  'MQTT-2.2.1': 'a type that no client sends',
  'MQTT-2.2.2-2': 'reserved flags are not as they must be',
  'MQTT-2.2.3': 'the remaining length has more than four bytes',
  'MQTT-2.3.1-1': 'the packet identifier is 0',
  'MQTT-2.3.1-6': 'an acknowledgement of packet identifier 0',
  'MQTT-3.1.0-1': 'the first packet is no CONNECT',
  'MQTT-3.1.0-2': 'a second CONNECT',
  'MQTT-3.1.2-1': 'the protocol has another name',
  'MQTT-3.1.2-2': 'a protocol level that is not spoken here',
  'MQTT-3.1.2-3': 'the reserved flag of the CONNECT is set',
  'MQTT-3.1.2-13': 'Will QoS without a will',
  'MQTT-3.1.2-14': 'Will QoS 3',
  'MQTT-3.1.2-15': 'Will Retain without a will',
  'MQTT-3.1.2-22': 'a password without a user name',
  'MQTT-3.1.3-8': 'a session to keep, and no client identifier',
  'MQTT-3.3.1-2': 'DUP with QoS 0',
  'MQTT-3.3.1-4': 'QoS 3',
  'MQTT-3.3.2-2': 'a wildcard in a topic name',
  'MQTT-3.6.1-1': 'the flags of a PUBREL are not 0010',
  'MQTT-3.8.1-1': 'the flags of a SUBSCRIBE are not 0010',
  'MQTT-3.8.3-3': 'a SUBSCRIBE without a filter',
  'MQTT-3.8.3-4': 'a requested QoS that does not exist',
  'MQTT-3.10.1-1': 'the flags of an UNSUBSCRIBE are not 0010',
  'MQTT-3.10.3-2': 'an UNSUBSCRIBE without a filter',
  'MQTT-3.14.1-1': 'the flags of a DISCONNECT are not 0',
  'MQTT-4.3.2-2': 'another answer to QoS 1 than a PUBACK',
  'MQTT-4.3.3-2': 'an answer to QoS 2 out of its turn',
  'MQTT-4.7.1-2': '# is not the last level',
  'MQTT-4.7.1-3': '+ shares its level',
  'MQTT-4.7.3-1': 'a topic without a character',
  'MQTT-4.8.0-1': 'the fields do not fill the packet as its length says',
} as const;

export type Clause = keyof typeof clauses;

/** MQTT 3.1.1 table 3.1: the CONNACK that goes before the close; anything else is closed without a word. */
export const returnCodes: Partial<Record<Clause, number>> = {
  'MQTT-3.1.2-2': 1,
  'MQTT-3.1.3-8': 2,
};
