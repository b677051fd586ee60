// The adapter of the air: provisioning's port over UDP.
export { UdpAir } from './udp-air.js';
