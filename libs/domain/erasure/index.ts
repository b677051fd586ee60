export { type Certificate, certificateText, isGenuine, readCertificate, signed } from './certificate.js';
export { Certificates } from './certificates.js';
export { ErasureModule } from './erasure.module.js';
export { type Erasure, ErasureStore, noneErased, type PastPeriod } from './erasure.store.js';
export { Erasures } from './erasures.js';
