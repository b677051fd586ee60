// A thousand claims at once on SQLite.
import { describe } from '@jest/globals';
import { thousandClaims } from './thousand-claims.contract.js';

describe('a device on SQLite', () => thousandClaims(() => ({})));
