// What is the owner's alone, also before an operator: what a camera sees, and what a device is told to do.
import type { Account } from '#domain/accounts';
import type { Binding, Bindings } from '#domain/binding';
import { DomainError } from '#domain/errors';

/** An operator may try a device that nobody owns yet. @throws DomainError `not-found` for everybody else. */
export async function requireOwn(bindings: Bindings, deviceId: string, by: Account): Promise<Binding> {
  const binding = await bindings.requireRight(deviceId, by);
  if (binding.ownerId !== null && binding.ownerId !== by.id) throw new DomainError('not-found');
  return binding;
}
