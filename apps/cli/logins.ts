// The tokens of `airbind login`, one a gateway, in a file that only its owner can read.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.js';

const loginSchema = z.object({ token: z.string(), email: z.string(), expiresAt: z.int() });
const loginsSchema = z.object({ version: z.literal(1), gateways: z.record(z.string(), loginSchema) });

/** Who is signed in at one gateway; `expiresAt` in milliseconds since the epoch. */
export type Login = z.infer<typeof loginSchema>;
type Logins = z.infer<typeof loginsSchema>;

export class LoginStore {
  constructor(private readonly file: string) {}

  async find(gatewayUrl: string): Promise<Login | undefined> {
    return (await this.read()).gateways[gatewayUrl];
  }

  async keep(gatewayUrl: string, login: Login): Promise<void> {
    const { gateways } = await this.read();
    await this.write({ version: 1, gateways: { ...gateways, [gatewayUrl]: login } });
  }

  /** Whether there was anything to forget. */
  async forget(gatewayUrl: string): Promise<boolean> {
    const { [gatewayUrl]: gone, ...gateways } = (await this.read()).gateways;
    if (gone) await this.write({ version: 1, gateways });
    return gone !== undefined;
  }

  private async read(): Promise<Logins> {
    const text = await readIfThere(this.file);
    if (text === undefined) return { version: 1, gateways: {} };
    const logins = loginsSchema.safeParse(parseJson(text));
    if (logins.success) return logins.data;
    throw new Failure('file-unreadable', {
      sentence: `${this.file} is not a file of airbind's logins. Remove it and run: airbind login`,
    });
  }

  /** Through a file beside it, so that a broken write loses no login and no one sees it with a wider mode. */
  private async write(logins: Logins): Promise<void> {
    const fresh = `${this.file}.${randomUUID()}`;
    try {
      await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
      await writeFile(fresh, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
      await rename(fresh, this.file);
    } catch (error) {
      await rm(fresh, { force: true });
      throw new Failure('file-unwritable', { sentence: `${this.file} cannot be written: ${String(error)}` });
    }
  }
}

const missingFile = z.object({ code: z.enum(['ENOENT', 'ENOTDIR']) });

/** Undefined when there is no such file. @throws Failure `file-unreadable` for every other fault. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (missingFile.safeParse(error).success) return undefined;
    throw new Failure('file-unreadable', { sentence: `${file} cannot be read: ${String(error)}` });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
