export { PersonalModule } from './personal.module.js';
export { PersonalData } from './personal-data.js';
export { type PersonalRecord, PersonalRecords } from './personal-records.js';
