// Who must hear that somebody became an operator, or is none any more; the intake, which tells people, is behind it.

export abstract class OperatorChanges {
  /** They are told of devices that nobody owns, or not any more, and may see something else on their pages. */
  abstract changed(accountId: string): Promise<void>;
}
