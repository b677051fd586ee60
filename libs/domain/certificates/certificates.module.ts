// The certificates room: the private authority.
import { Module } from '@nestjs/common';
import { PrivateAuthority } from './private-authority.js';

@Module({ providers: [PrivateAuthority], exports: [PrivateAuthority] })
export class CertificatesModule {}
