// A person's copy of their data, from SQLite.
import { describe } from '@jest/globals';
import { copyOfOnesData } from './personal.contract.js';

describe("a person's copy of their data", () => copyOfOnesData(async () => ({})));
