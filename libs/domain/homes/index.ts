export type { Home } from './home.js';
export { HomeStore } from './home.store.js';
