// Counts by address: how many connections each holds, and how many failed logins each may still make.
import { BrokerSettings } from './broker-settings.js';
import { TokenBucket } from './token-bucket.js';

const mostRemembered = 10_000;

export class AddressBook {
  private readonly open = new Map<string, number>();
  private readonly failures = new Map<string, TokenBucket>();
  private readonly proven = new Set<string>();

  constructor(private readonly settings: BrokerSettings) {}

  /** Takes a place for a connection; false when the address has them all. */
  enter(address: string): boolean {
    const held = this.open.get(address) ?? 0;
    if (held >= this.settings.limits.connectionsPerAddress && !this.isExempt(address)) return false;
    this.open.set(address, held + 1);
    return true;
  }

  leave(address: string): void {
    const held = this.open.get(address) ?? 0;
    if (held > 1) this.open.set(address, held - 1);
    else this.open.delete(address);
  }

  /**
   * Whether a login may be checked. Who has logged in from here before may always try again: one device with a wrong
   * secret must not lock out the gas alarm behind the same router.
   */
  mayLogIn(address: string, clientId: string): boolean {
    if (this.isExempt(address) || this.proven.has(`${address} ${clientId}`)) return true;
    return !this.failures.get(address)?.isEmpty();
  }

  loggedIn(address: string, clientId: string): void {
    if (this.proven.size >= mostRemembered) this.proven.clear();
    this.proven.add(`${address} ${clientId}`);
  }

  loginFailed(address: string): void {
    const perMinute = this.settings.limits.failedLoginsPerMinute;
    const bucket = this.failures.get(address) ?? new TokenBucket(perMinute / 60, perMinute);
    bucket.take();
    this.failures.set(address, bucket);
    if (this.failures.size > mostRemembered) this.forget();
  }

  /** Those that are forgiven; if there are none, the one that was seen first. */
  private forget(): void {
    for (const [address, bucket] of this.failures) {
      if (bucket.isFull()) this.failures.delete(address);
    }
    const [first] = this.failures.keys();
    if (this.failures.size > mostRemembered && first !== undefined) this.failures.delete(first);
  }

  private isExempt(address: string): boolean {
    return this.settings.exemptAddresses.has(address);
  }
}

/** An IPv4 peer of a dual-stack socket shows as IPv6; here it is what it is. */
export function plainAddress(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}
