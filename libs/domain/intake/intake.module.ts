// The intake room. Global, because the rooms below it are told of changes through ports that stand here.
import { Global, Module } from '@nestjs/common';
import { BindingChanges, BindingModule } from '#domain/binding';
import { NoticesModule, RecipientChanges } from '#domain/notices';
import { Aftermath } from './aftermath.js';
import { FileRoom } from './file-room.js';
import { Intake } from './intake.js';
import { Listening } from './listening.js';
import { EndpointChanges, OwnerChanges } from './owner-changes.js';
import { Views } from './views.js';

@Global()
@Module({
  imports: [BindingModule, NoticesModule],
  providers: [
    Aftermath,
    FileRoom,
    Intake,
    Listening,
    Views,
    { provide: BindingChanges, useClass: OwnerChanges },
    { provide: RecipientChanges, useClass: EndpointChanges },
  ],
  exports: [Intake, Views, BindingChanges, RecipientChanges],
})
export class IntakeModule {}
