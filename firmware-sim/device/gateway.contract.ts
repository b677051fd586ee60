// What a device may expect of its gateway, played by a plain broker in the specs of this room.
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes, type AedesOptions } from 'aedes';

export interface Heard {
  readonly from: string | null;
  readonly topic: string;
  readonly retain: boolean;
  readonly payload: Buffer;
}

export class StandInGateway {
  readonly heard: Heard[] = [];
  readonly logins: { id: string; user?: string; password?: string }[] = [];
  /** What is not acknowledged is still taken note of; nothing that comes after it on the same line is read. */
  acknowledges: (topic: string) => boolean = () => true;
  /** While false, nobody gets in. */
  open = true;
  private readonly sockets = new Set<Socket>();
  private waiting: (() => void)[] = [];

  private constructor(
    private readonly broker: Aedes,
    private readonly server: Server,
  ) {}

  /** @param port a free one without it. */
  static async start(port = 0): Promise<StandInGateway> {
    let gateway: StandInGateway | undefined;
    const options: AedesOptions = {
      authenticate: (client, user, password, done) =>
        gateway?.admit({ id: client.id, user, password: password?.toString() }, admitted =>
          done(null, admitted),
        ),
      authorizePublish: (client, packet, done) =>
        gateway?.take(
          {
            from: client?.id ?? null,
            topic: packet.topic,
            retain: packet.retain,
            payload: Buffer.from(packet.payload),
          },
          done,
        ),
    };
    const broker = await Aedes.createBroker(options);
    const server = createServer(socket => gateway?.welcome(socket));
    gateway = new StandInGateway(broker, server);
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
    return gateway;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** The payloads of one topic, as JSON. */
  said<T = unknown>(topic: string): T[] {
    return this.heard
      .filter(message => message.topic === topic)
      .map(({ payload }) => JSON.parse(String(payload)));
  }

  tell(topic: string, body: unknown, retain = false): Promise<void> {
    return new Promise((resolve, reject) => {
      this.broker.publish(
        { cmd: 'publish', topic, payload: Buffer.from(JSON.stringify(body)), qos: 1, retain, dup: false },
        fault => (fault ? reject(fault) : resolve()),
      );
    });
  }

  /** Resolves when `holds` does, looked at after everything that is heard. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  /** Cuts every line without a word. */
  dropEverybody(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.dropEverybody();
    await new Promise<void>(resolve => this.server.close(() => resolve()));
    await new Promise<void>(resolve => this.broker.close(() => resolve()));
  }

  private welcome(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.wake();
    });
    this.broker.handle(socket);
  }

  private admit(
    login: { id: string; user?: string; password?: string },
    done: (admitted: boolean) => void,
  ): void {
    this.logins.push(login);
    done(this.open);
    this.wake();
  }

  private take(heard: Heard, done: () => void): void {
    this.heard.push(heard);
    if (this.acknowledges(heard.topic)) done();
    this.wake();
  }

  private wake(): void {
    const woken = this.waiting;
    this.waiting = [];
    for (const resolve of woken) resolve();
  }
}
