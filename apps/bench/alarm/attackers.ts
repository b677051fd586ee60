// Who goes on beside the alarms that `bench:alarm` measures.

/** 40 messages a second of each: within what a device may say (50). */
export const flood = { devices: 500, perS: 20_000 };
/** Ten messages a second of each; left open for a second is an alarm, so each raises and ends one every 2.4 s. */
export const chatter = { devices: 200, perDeviceS: 10, flipMs: 1_200, leftOpenAfterS: 1 };
/** Subscribers to everything that never read. */
export const frozen = 50;
