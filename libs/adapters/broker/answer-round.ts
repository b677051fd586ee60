// What is answered in one moment: one write for each client, and then whoever waited for his answers is read on.

/** A client's connection, as far as its answers go. */
export interface Answering {
  writeAnswers(): void;
  readonly gate: { answered(): void };
}

export class AnswerRound {
  private due: Answering[] = [];

  /** The round ends with the turn that it began in, when all that was stored together is answered. */
  add(connection: Answering): void {
    if (this.due.length === 0) process.nextTick(() => this.end());
    this.due.push(connection);
  }

  private end(): void {
    const { due } = this;
    this.due = [];
    for (const connection of due) connection.writeAnswers();
    for (const { gate } of due) gate.answered();
  }
}
