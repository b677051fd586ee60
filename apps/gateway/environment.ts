// The environment of this process: looked at here and nowhere else.
import { readSettings, type Settings } from './settings/index.js';

/** @throws DomainError `settings-invalid`. */
export function settingsOfProcess(): Settings {
  return readSettings(process.env);
}
