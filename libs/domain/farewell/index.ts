export { type Farewell, nothingRemoved } from './farewell.js';
export { FarewellModule } from './farewell.module.js';
export { type Beginning, FarewellStore } from './farewell.store.js';
export { Farewells } from './farewells.js';
