// An address of a station as people write it.

/** `021122334455` as `02:11:22:33:44:55`. */
export const macText = (mac: string): string => mac.match(/../g)?.join(':') ?? mac;
