// The intake room. Whoever composes it makes it global: the rooms below are told of changes through ports that stand here.
import { Module } from '@nestjs/common';
import { OperatorChanges } from '#domain/accounts';
import { BindingLine, BindingModule } from '#domain/binding';
import { ProductChanges } from '#domain/devices';
import { AlarmDeeds, NoticesModule, RecipientChanges } from '#domain/notices';
import { RightsChanges, SharingModule } from '#domain/sharing';
import { Absences } from './absences.js';
import { Aftermath } from './aftermath.js';
import { AlarmLink } from './alarm-link.js';
import { BindingChanges } from './binding-changes.js';
import { EndpointChanges, MemberChanges, OfficeChanges } from './changes-elsewhere.js';
import { Commands } from './commands.js';
import { Contests } from './contests.js';
import { Destinations } from './destinations.js';
import { DeviceRules } from './device-rules.js';
import { DeviceWhy } from './device-why.js';
import { FileRoom } from './file-room.js';
import { History } from './history.js';
import { HomeModes } from './home-modes.js';
import { Intake } from './intake.js';
import { LineJournal } from './line-journal.js';
import { Listening } from './listening.js';
import { Matters } from './matters.js';
import { Pictures } from './pictures.js';
import { FileProductChanges } from './product-changes.js';
import { Recipients } from './recipients.js';
import { RuleHistory } from './rule-history.js';
import { RuleTrials } from './rule-trials.js';
import { SessionJournal } from './session.journal.js';
import { Views } from './views.js';
import { Watches } from './watches.js';
import { Why } from './why.js';

@Module({
  imports: [BindingModule, SharingModule, NoticesModule],
  providers: [
    Absences,
    Aftermath,
    Commands,
    Contests,
    Destinations,
    DeviceRules,
    DeviceWhy,
    FileRoom,
    History,
    HomeModes,
    Intake,
    Listening,
    Matters,
    Pictures,
    Recipients,
    RuleHistory,
    RuleTrials,
    Views,
    Watches,
    { provide: AlarmDeeds, useClass: AlarmLink },
    Why,
    { provide: BindingLine, useClass: BindingChanges },
    { provide: OperatorChanges, useClass: OfficeChanges },
    { provide: ProductChanges, useClass: FileProductChanges },
    { provide: RecipientChanges, useClass: EndpointChanges },
    { provide: RightsChanges, useClass: MemberChanges },
    { provide: SessionJournal, useClass: LineJournal },
  ],
  exports: [
    Absences,
    Commands,
    Contests,
    DeviceRules,
    DeviceWhy,
    History,
    HomeModes,
    Intake,
    Matters,
    Pictures,
    RuleTrials,
    Views,
    Watches,
    AlarmDeeds,
    Why,
    BindingLine,
    OperatorChanges,
    RightsChanges,
    ProductChanges,
    RecipientChanges,
    SessionJournal,
  ],
})
export class IntakeModule {}
