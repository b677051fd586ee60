// The erasure room: what a device recorded in somebody's time goes when they want it, with a certificate.
import { Module } from '@nestjs/common';
import { Certificates } from './certificates.js';
import { Erasures } from './erasures.js';

@Module({ providers: [Certificates, Erasures], exports: [Certificates, Erasures] })
export class ErasureModule {}
