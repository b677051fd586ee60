// Counts by address (a household's part of IPv6): how many connections each holds, and how many logins it may fail yet.
import { addressKey } from '#domain/accounts';
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
    const key = addressKey(address);
    const held = this.open.get(key) ?? 0;
    if (held >= this.settings.limits.connectionsPerAddress && !this.isExempt(address)) return false;
    this.open.set(key, held + 1);
    return true;
  }

  leave(address: string): void {
    const key = addressKey(address);
    const held = this.open.get(key) ?? 0;
    if (held > 1) this.open.set(key, held - 1);
    else this.open.delete(key);
  }

  /**
   * Whether a login may be checked. Who has logged in from here before may always try again: one device with a wrong
   * secret must not lock out the gas alarm behind the same router.
   */
  mayLogIn(address: string, clientId: string): boolean {
    if (this.isExempt(address) || this.proven.has(`${address} ${clientId}`)) return true;
    return !this.failures.get(addressKey(address))?.isEmpty();
  }

  loggedIn(address: string, clientId: string): void {
    if (this.proven.size >= mostRemembered) this.proven.clear();
    this.proven.add(`${address} ${clientId}`);
  }

  loginFailed(address: string): void {
    const key = addressKey(address);
    const perMinute = this.settings.limits.failedLoginsPerMinute;
    const bucket = this.failures.get(key) ?? new TokenBucket(perMinute / 60, perMinute);
    bucket.take();
    // The one that failed last stands last, so that the first is the one whose failure is the oldest.
    this.failures.delete(key);
    this.failures.set(key, bucket);
    const [oldest] = this.failures.keys();
    if (this.failures.size > mostRemembered && oldest !== undefined) this.failures.delete(oldest);
  }

  private isExempt(address: string): boolean {
    return this.settings.exemptAddresses.has(address);
  }
}

/** An IPv4 peer of a dual-stack socket shows as IPv6; here it is what it is. */
export function plainAddress(address: string | undefined): string {
  return (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');
}
