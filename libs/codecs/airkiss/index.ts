// AirKiss: Wi-Fi credentials told to a device by the lengths of datagrams, both directions. No dependency.
export { type Acknowledgement, readAcknowledgement, writeAcknowledgement } from './acknowledgement.js';
export { crc8 } from './crc8.js';
export {
  type CredentialFault,
  type Credentials,
  type CredentialWarning,
  faultOf,
  LIMIT,
  totalOf,
  warningsOf,
} from './credentials.js';
export {
  AirKissDecoder,
  type CompleteState,
  type DecoderOptions,
  type DecoderState,
  type Decrypt,
} from './decoder.js';
export {
  DISCOVERY_PORT,
  type DiscoveryBody,
  type DiscoveryKind,
  type DiscoveryMessage,
  readDiscovery,
  writeDiscovery,
} from './discovery.js';
export type { Direction, Frame } from './frame.js';
export { formatFrame, parseLine, type StreamLine } from './frame-stream.js';
export { encodeGbk } from './gbk.js';
export { type AirKissProgram, encode, UnsendableCredentials } from './program.js';
export { type CyclePlan, type PhasePlan, SCHEDULES, type Schedule, type ScheduleName } from './schedule.js';
export type { Sender, SenderEvent } from './sender.js';
export { type Phase, type Transmission, transmit } from './transmit.js';
export type { Withheld } from './verdict.js';
