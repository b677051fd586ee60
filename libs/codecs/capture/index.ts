// Captures of real air and real cables as frames: pcap and pcapng, radiotap, 802.11, Ethernet.
export { type Captured, CaptureReader, isCapture } from './capture-reader.js';
export type { CaptureFault } from './packet.js';
