// The adapter of the air: provisioning's ports over UDP, and the interfaces that there are.
export { frequencyMhz, ipv4Interfaces, isWifi, type NetworkInterface } from './interfaces.js';
export { UdpAir } from './udp-air.js';
