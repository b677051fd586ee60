// What a device without Wi-Fi needs of the world: something to hear, and a way to say that it has joined.

/** What the air said, decoded. */
export interface Overheard {
  /** Bytes as sent; text only by convention. */
  readonly ssid: Uint8Array;
  readonly password: Uint8Array;
  /** The byte that the acknowledgement gives back. */
  readonly random: number;
  /** How many frames it took. */
  readonly frames: number;
  /** Where the sender's datagrams came from. */
  readonly sender: string;
}

export interface Hearing {
  /** @param source the sender's address on the air; @param frames heard until then. */
  locked(source: string, frames: number): void;
  decoded(overheard: Overheard): void;
}

/** An open ear. */
export interface Ears {
  close(): Promise<void>;
}

export interface Joined {
  readonly random: number;
  readonly mac: string;
  /** The device's own address on the network. */
  readonly address: string;
  readonly sender: string;
}

export interface Air {
  readonly ports: readonly number[];
  /** @param seed of this device's radio. */
  listen(seed: number, hearing: Hearing): Promise<Ears>;
  /** Says it a bounded number of times; resolves after the last. */
  acknowledge(joined: Joined): Promise<void>;
}
