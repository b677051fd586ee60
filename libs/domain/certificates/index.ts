export { AuthorityStore } from './authority.store.js';
export { CertificatesModule } from './certificates.module.js';
export { type CertificateFacts, factsOf, fingerprintOf } from './facts.js';
export { MemoryAuthorityStore } from './memory-authority.store.js';
export { type AuthorityState, type DeviceCertificate, PrivateAuthority } from './private-authority.js';
export type { Certified } from './signing.js';
