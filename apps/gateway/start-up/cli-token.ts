// The token that the gateway leaves for the command line on the same machine, as long as it runs.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newToken } from '#domain/accounts';
import { writePrivateFile } from './private-file.js';

/** Made afresh at each start; whoever can read the gateway's files may act as its operator. */
export class CliToken {
  readonly token = newToken();
  private readonly path: string;

  constructor(dataFolder: string) {
    this.path = join(dataFolder, 'cli-token');
  }

  /** Once the ports are open: a start that fails must not take the token of the gateway that has them. */
  leave(): Promise<void> {
    return writePrivateFile(this.path, `${this.token}\n`);
  }

  /** Leaves alone the token of a gateway that was started on this folder since. */
  async takeAway(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    if (text.trim() === this.token) await rm(this.path, { force: true });
  }
}
