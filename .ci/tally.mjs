// Adds up the steps and the jest reports of a run of CI: says what failed, then `N passed, N failed, N skipped`.
import { existsSync, readFileSync } from 'node:fs';

/** From weak to strong: a test that was skipped in one run and passed in another has passed. */
const strengths = ['skipped', 'passed', 'failed'];
const outcomes = new Map();

function record(name, outcome) {
  const known = strengths.indexOf(outcomes.get(name));
  if (strengths.indexOf(outcome) > known) outcomes.set(name, outcome);
}

function outcomeOf({ status }) {
  return status === 'passed' || status === 'failed' ? status : 'skipped';
}

/** Records every test of one jest report; true when some of them failed. */
function recordReport(file) {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  for (const { name, status, assertionResults } of testResults) {
    const spec = name.replace(`${process.cwd()}/`, '');
    const namesakes = new Map();
    for (const test of assertionResults) {
      const count = (namesakes.get(test.fullName) ?? 0) + 1;
      namesakes.set(test.fullName, count);
      record(`${spec} › ${test.fullName}${count > 1 ? ` (${count})` : ''}`, outcomeOf(test));
    }
    const hasFailedTest = assertionResults.some(test => test.status === 'failed');
    if (status === 'failed' && !hasFailedTest) record(`${spec} could not run`, 'failed');
  }
  return testResults.some(({ status }) => status === 'failed');
}

const [, , results] = process.argv;
for (const line of readFileSync(results, 'utf8').split('\n').filter(Boolean)) {
  const [kind, status, title, report] = line.split('\t');
  if (kind === 'step') {
    record(title, status === '0' ? 'passed' : 'failed');
    continue;
  }
  const isExplained = existsSync(report) && recordReport(report);
  if (status !== '0' && !isExplained) record(`${title} (status ${status})`, 'failed');
}

const named = outcome => [...outcomes].filter(([, is]) => is === outcome).map(([name]) => name);
console.log();
for (const name of named('failed')) console.log(`failed: ${name}`);
for (const name of named('skipped')) console.log(`skipped: ${name}`);
console.log(['passed', 'failed', 'skipped'].map(outcome => `${named(outcome).length} ${outcome}`).join(', '));
process.exitCode = named('failed').length > 0 ? 1 : 0;
