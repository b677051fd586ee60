// The devices room: products, how devices are made, named and known.
import { Module } from '@nestjs/common';
import { CertificatesModule } from '#domain/certificates';
import { CredentialExports } from './credential-exports.js';
import { Credentials } from './credentials.js';
import { Locksmith } from './locksmith.js';
import { Manufacture } from './manufacture.js';
import { Prints } from './prints.js';
import { Products } from './products.js';
import { Tickets } from './tickets.js';

const useCases = [CredentialExports, Credentials, Locksmith, Manufacture, Prints, Products, Tickets];

@Module({ imports: [CertificatesModule], providers: useCases, exports: useCases })
export class DevicesModule {}
