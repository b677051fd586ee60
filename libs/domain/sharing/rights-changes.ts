// Who must hear as soon as somebody was let in or lost a right; the intake, which tells people, is behind it.

export abstract class RightsChanges {
  /** These people may do something else on these devices from now on: what they have open is begun anew, or ends. */
  abstract changed(deviceIds: readonly string[], accountIds: readonly string[]): Promise<void>;
}
