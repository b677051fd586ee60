// A mail server for tests that insists on RFC 5321: the order of commands, line ends and lengths, and undoing the dots.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export interface TakenMail {
  readonly from: string;
  readonly to: string;
  /** As it was written, before the dots were doubled. */
  readonly message: string;
}

type Stage = 'greeted' | 'hello' | 'sender' | 'recipient' | 'data';

/** What the server says to a message; everything before is answered as it should be, unless a spec says otherwise. */
export interface SmtpAnswers {
  greeting: string;
  sender: string;
  recipient: string;
  message: string;
}

const usual: SmtpAnswers = {
  greeting: '220 mx.example ESMTP',
  sender: '250 2.1.0 OK',
  recipient: '250 2.1.5 OK',
  message: '250 2.0.0 queued',
};

export class StrictSmtpServer {
  readonly taken: TakenMail[] = [];
  readonly faults: string[] = [];
  /** Null: it never answers that. */
  answers: { [K in keyof SmtpAnswers]: string | null } = { ...usual };
  /** Takes the place of the whole dialogue, for servers that are none. */
  instead: ((socket: Socket) => void) | null = null;
  /** Wants this user and password before a sender. */
  credentials: { readonly user: string; readonly pass: string } | null = null;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  constructor() {
    this.server = createServer(socket => {
      this.sockets.add(socket);
      socket.on('error', () => {}).on('close', () => this.sockets.delete(socket));
      if (this.instead) this.instead(socket);
      else this.talk(socket);
    });
  }

  async open(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url(): string {
    const login = this.credentials
      ? `${encodeURIComponent(this.credentials.user)}:${encodeURIComponent(this.credentials.pass)}@`
      : '';
    return `smtp://${login}127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    if (this.server.listening) await new Promise(resolve => this.server.close(resolve));
  }

  private talk(socket: Socket): void {
    let stage: Stage = 'greeted';
    let isLoggedIn = false;
    let mail = { from: '', to: '' };
    let lines: string[] = [];
    const say = (answer: string | null) => answer !== null && socket.write(`${answer}\r\n`);
    const fault = (what: string) => {
      this.faults.push(what);
      socket.end('554 5.5.0 protocol error\r\n');
    };

    const command = (line: string): unknown => {
      const [verb = '', rest = ''] = [line.slice(0, 4).toUpperCase(), line.slice(4).trim()];
      if (line.length > 510) return fault('a command line is too long');
      if (verb === 'QUIT') return socket.end('221 2.0.0 bye\r\n');
      if (verb === 'EHLO' && stage === 'greeted' && rest !== '') {
        stage = 'hello';
        return say(`250-mx.example\r\n250-ENHANCEDSTATUSCODES\r\n250-AUTH PLAIN\r\n250 SIZE 1000000`);
      }
      if (verb === 'AUTH' && stage === 'hello') {
        const { user, pass } = this.credentials ?? { user: '', pass: '' };
        isLoggedIn = rest === `PLAIN ${Buffer.from(`\0${user}\0${pass}`).toString('base64')}`;
        return say(isLoggedIn ? '235 2.7.0 welcome' : `535 5.7.8 not ${rest}`);
      }
      if (verb === 'MAIL' && stage === 'hello') {
        if (this.credentials && !isLoggedIn) return say('530 5.7.0 log in first');
        const from = /^FROM:<([^<>@\s]+@[\w.-]+)>(?: SIZE=\d+)?$/i.exec(rest)?.[1];
        if (from === undefined) return fault(`not a sender: ${rest}`);
        mail = { from, to: '' };
        if (this.answers.sender?.startsWith('2')) stage = 'sender';
        return say(this.answers.sender);
      }
      if (verb === 'RCPT' && stage === 'sender') {
        const to = /^TO:<([^<>@\s]+@[\w.-]+)>$/i.exec(rest)?.[1];
        if (to === undefined) return fault(`not a recipient: ${rest}`);
        mail = { ...mail, to };
        if (this.answers.recipient?.startsWith('2')) stage = 'recipient';
        return say(this.answers.recipient?.replace('%', to) ?? null);
      }
      if (verb === 'DATA' && stage === 'recipient') {
        stage = 'data';
        lines = [];
        return say('354 go on');
      }
      return fault(`${verb} out of its turn`);
    };

    const data = (line: string): unknown => {
      if (line === '.') {
        stage = 'hello';
        this.taken.push({ ...mail, message: lines.join('\r\n') });
        return say(this.answers.message?.replace('%', mail.to) ?? null);
      }
      // RFC 5321 §4.5.3.1.6; nobody offered 8BITMIME.
      if (Buffer.byteLength(line, 'latin1') > 998) return fault('a line is too long');
      if (/[^\t\x20-\x7e]/.test(line)) return fault('not 7-bit text');
      // §4.5.2
      lines.push(line.startsWith('.') ? line.slice(1) : line);
    };

    let waiting = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      waiting += chunk;
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        if (/[\r\n]/.test(line)) return fault('a bare CR or LF');
        if (stage === 'data') data(line);
        else command(line);
      }
    });
    say(this.answers.greeting);
  }
}
