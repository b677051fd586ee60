// The token that the gateway leaves for the command line on the same machine, as long as it runs.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newToken } from '#domain/accounts';
import { writePrivateFile } from './private-file.js';

/** Made afresh at each start; whoever can read the gateway's files may act as its operator. */
export class CliToken {
  private constructor(
    readonly token: string,
    readonly path: string,
  ) {}

  static async leaveIn(dataFolder: string): Promise<CliToken> {
    const left = new CliToken(newToken(), join(dataFolder, 'cli-token'));
    await writePrivateFile(left.path, `${left.token}\n`);
    return left;
  }

  /** Leaves alone the token of a gateway that was started on this folder since. */
  async takeAway(): Promise<void> {
    const text = await readFile(this.path, 'utf8').catch(() => '');
    if (text.trim() === this.token) await rm(this.path, { force: true });
  }
}
