// The adapter of the air: provisioning's ports over UDP, the interfaces that there are, and live captures.
export { frequencyMhz, ipv4Interfaces, isWifi, type NetworkInterface } from './interfaces.js';
export { SnifferFault, type SniffOptions, sniff } from './sniffer.js';
export { UdpAir } from './udp-air.js';
export { UdpLan } from './udp-lan.js';
