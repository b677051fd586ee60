// The time zone of this machine: the best guess for a home of which nobody has said where it is.
export const machineTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
