// Opens the HTTP port, and says what to do when somebody else has it.
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError } from '#domain/errors';
import { systemCode } from './private-file.js';

const sentences: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use. Set HTTP_PORT to another one, or stop what uses it.',
  EACCES: 'may not be opened by this user. Set HTTP_PORT to one over 1023.',
  EADDRNOTAVAIL: 'cannot be opened: this machine has no such address. Set HTTP_HOST.',
  ENOTFOUND: 'cannot be opened: there is no such host. Set HTTP_HOST.',
};

/** @returns the port. @throws DomainError `port-busy`. */
export async function listenForHttp(
  app: NestFastifyApplication,
  host: string,
  port: number,
): Promise<number> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const sentence = sentences[systemCode(error) ?? ''];
    if (sentence === undefined) throw error;
    throw new DomainError('port-busy', { detail: `Port ${port} at ${host} ${sentence}` });
  }
  return (app.getHttpServer().address() as AddressInfo).port;
}
