// The desk of a computer on which notifications lie: a D-Bus with the notification service alone, so that a test can tap.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callsIn, type Heard, message, type Value } from './dbus-message.js';

const service = 'org.freedesktop.Notifications';
const itself = ':1.1';
const browser = ':1.2';

const answers: Readonly<Record<string, readonly Value[]>> = {
  Hello: [{ s: browser }],
  AddMatch: [],
  RemoveMatch: [],
  GetCapabilities: [{ as: ['actions', 'body'] }],
  GetServerInformation: ['desk', 'test', '1', '1.2'].map(s => ({ s })),
  CloseNotification: [],
};

export class NotificationDesk {
  /** How many were laid down. */
  shown = 0;
  private readonly sockets = new Set<Socket>();
  private owner: Socket | null = null;
  private serial = 0;

  private constructor(
    private readonly folder: string,
    private readonly server: Server,
  ) {
    server.on('connection', socket => this.serve(socket));
  }

  static async open(): Promise<NotificationDesk> {
    const folder = await mkdtemp(join(tmpdir(), 'desk-'));
    const server = createServer();
    const desk = new NotificationDesk(folder, server);
    await new Promise<void>(resolve => server.listen(join(folder, 'bus'), resolve));
    return desk;
  }

  /** For the environment of a browser. */
  get address(): string {
    return `unix:path=${join(this.folder, 'bus')}`;
  }

  /** On the one that was laid down last, anywhere but on a button. */
  tap(): void {
    const fields = {
      path: '/org/freedesktop/Notifications',
      interface: service,
      member: 'ActionInvoked',
      sender: itself,
    };
    this.owner?.write(message('signal', ++this.serial, fields, [{ u: this.shown }, { s: 'default' }]));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise(resolve => this.server.close(resolve));
    await rm(this.folder, { recursive: true });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    let bytes = Buffer.alloc(0);
    let isIn = false;
    socket.on('error', () => {});
    socket.on('data', more => {
      bytes = Buffer.concat([bytes, more]);
      while (!isIn && bytes.includes('\r\n')) {
        const line = bytes.toString('latin1', 0, bytes.indexOf('\r\n'));
        bytes = bytes.subarray(line.length + 2);
        isIn = line === 'BEGIN';
        if (line.includes('AUTH EXTERNAL')) socket.write('OK 0123456789abcdef0123456789abcdef\r\n');
        else if (!isIn) socket.write(line.includes('AUTH') ? 'REJECTED EXTERNAL\r\n' : 'ERROR\r\n');
      }
      if (!isIn) return;
      const { calls, rest } = callsIn(bytes);
      bytes = Buffer.from(rest);
      for (const each of calls) socket.write(this.answer(socket, each));
    });
  }

  private answer(socket: Socket, { serial: replyTo, member, destination, about }: Heard): Buffer {
    const isOurs = destination === service;
    const fields = { replyTo, destination: browser, sender: isOurs ? itself : 'org.freedesktop.DBus' };
    const values = this.valuesOf(socket, member, about);
    if (values !== null) return message('answer', ++this.serial, fields, values);
    return message('error', ++this.serial, { ...fields, error: 'org.freedesktop.DBus.Error.UnknownMethod' });
  }

  private valuesOf(socket: Socket, member: string, about: string): readonly Value[] | null {
    switch (member) {
      case 'Notify':
        this.owner = socket;
        this.shown += 1;
        return [{ u: this.shown }];
      case 'NameHasOwner':
        return [{ b: about === service }];
      case 'GetNameOwner':
        return about === service ? [{ s: itself }] : null;
      default:
        return answers[member] ?? null;
    }
  }
}
