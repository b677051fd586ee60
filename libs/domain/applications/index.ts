export {
  type Application,
  applicationOf,
  applicationOfClient,
  mayBeClientOf,
  type TopicRules,
  userNameOf,
} from './application.js';
export { ApplicationStore } from './application.store.js';
export { ApplicationLink } from './application-link.js';
export { Applications, type FreshApplication } from './applications.js';
export { ApplicationsModule } from './applications.module.js';
