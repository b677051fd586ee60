// The address book: what it counts, whom it spares, and that nobody can make it grow.
import { describe, expect, it } from '@jest/globals';
import { AddressBook } from './address-book.js';
import { BrokerSettings } from './broker-settings.js';

function book(): AddressBook {
  const limits = { failedLoginsPerMinute: 3, connectionsPerAddress: 2 };
  return new AddressBook(new BrokerSettings({ port: 0, limits, exemptAddresses: ['192.0.2.1'] }));
}

describe('the address book', () => {
  it('lets nobody try who has failed too often, except a client that has logged in from there', () => {
    const addresses = book();
    addresses.loggedIn('192.0.2.9', 'gas-1');
    for (let failures = 0; failures < 3; failures += 1) addresses.loginFailed('192.0.2.9');
    expect(addresses.mayLogIn('192.0.2.9', 'gas-2')).toBe(false);
    expect(addresses.mayLogIn('192.0.2.9', 'gas-1')).toBe(true);
    expect(addresses.mayLogIn('192.0.2.10', 'gas-2')).toBe(true);
  });

  it('counts a whole network of IPv6 as one, as its holder can take any address in it', () => {
    const addresses = book();
    for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8::3']) addresses.loginFailed(address);
    expect(addresses.mayLogIn('2001:db8::4', 'gas-2')).toBe(false);
    expect(addresses.mayLogIn('2001:db8:1::4', 'gas-2')).toBe(true);
    expect(addresses.enter('2001:db8::1')).toBe(true);
    expect(addresses.enter('2001:db8::2')).toBe(true);
    expect(addresses.enter('2001:db8::3')).toBe(false);
    addresses.leave('2001:db8::1');
    expect(addresses.enter('2001:db8::3')).toBe(true);
  });

  it('counts nothing at an exempt address', () => {
    const addresses = book();
    for (let tries = 0; tries < 9; tries += 1) {
      addresses.loginFailed('192.0.2.1');
      expect(addresses.enter('192.0.2.1')).toBe(true);
    }
    expect(addresses.mayLogIn('192.0.2.1', 'gas-1')).toBe(true);
  });

  it('remembers a bounded number of culprits, and forgets the one whose failure is the oldest', () => {
    const addresses = book();
    const culprit = (n: number) => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    const fail = (n: number) => {
      for (let failures = 0; failures < 3; failures += 1) addresses.loginFailed(culprit(n));
    };
    for (let n = 0; n < 10_000; n += 1) fail(n);
    // Still at it, so that it is not the one to be forgotten.
    addresses.loginFailed(culprit(0));
    for (let n = 10_000; n < 10_500; n += 1) fail(n);
    expect(addresses.mayLogIn(culprit(0), 'x')).toBe(false);
    expect(addresses.mayLogIn(culprit(1), 'x')).toBe(true);
    expect(addresses.mayLogIn(culprit(10_499), 'x')).toBe(false);
  });
});
