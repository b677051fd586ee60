// The demo's terminal: lines that stay, and one line below them that is written over.

export class Terminal {
  private shown = '';

  constructor(private readonly out: NodeJS.WriteStream) {}

  say(line: string): void {
    this.wipe();
    this.out.write(`${line}\n`);
  }

  /** Only where somebody looks. */
  progress(line: string): void {
    if (!this.out.isTTY) return;
    this.wipe();
    this.out.write(line);
    this.shown = line;
  }

  private wipe(): void {
    if (this.shown !== '') this.out.write(`\r${' '.repeat(this.shown.length)}\r`);
    this.shown = '';
  }
}
