export type { Account } from './account.js';
export { AccountStore } from './account.store.js';
export { equalHashes, hashToken, newId, newToken } from './secret.js';
export type { LinkPurpose, OneTimeLink, Session } from './session.js';
