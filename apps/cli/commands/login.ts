// `login` and `logout`: the token of a session, kept in the person's own configuration folder.
import type { Command } from 'commander';
import { Failure } from '../failure.js';
import { GatewayClient } from '../gateway-client.js';
import { examples, gatewayCommand, type Surroundings } from '../gateway-command.js';
import { LoginStore } from '../logins.js';
import { type GatewayOptions, readSettings } from '../settings.js';
import { timeText } from '../table.js';
import type { Terminal } from '../terminal.js';

interface LoginOptions extends GatewayOptions {
  readonly email?: string;
  readonly passwordStdin?: boolean;
}

export function loginCommand({ terminal, environment }: Surroundings): Command {
  return gatewayCommand('login', 'sign in at the gateway and keep the session for later commands')
    .option('--email <address>', 'your mail address (asked for when left out)')
    .option('--password-stdin', 'take the password from standard input instead of asking for it')
    .addHelpText(
      'after',
      examples(
        'login',
        'login --gateway https://gas.example --email you@example.com',
        'login --email you@example.com --password-stdin < password.txt',
      ),
    )
    .action(async (options: LoginOptions) => {
      const { gatewayUrl, loginsFile } = readSettings(options, environment);
      const email = options.email ?? (await ask(terminal, 'Mail address: ', '--email'));
      const password = options.passwordStdin
        ? (await terminal.readInput()).replace(/\r?\n$/, '')
        : await ask(terminal, 'Password: ', '--password-stdin', true);
      const { account, expiresAt, token } = await new GatewayClient(gatewayUrl).call('signIn', {
        body: { email, password },
        query: { token: 'true' },
      });
      if (token === undefined) throw new Failure('answer-not-understood');
      await new LoginStore(loginsFile).keep(gatewayUrl, { token, email: account.email, expiresAt });
      const signedIn = { gateway: gatewayUrl, account, expiresAt };
      terminal.write(
        options.json
          ? `${JSON.stringify(signedIn, null, 2)}\n`
          : `Signed in at ${gatewayUrl} as ${account.email} (${account.role}) until ${timeText(expiresAt)}.\n`,
      );
    });
}

export function logoutCommand({ terminal, environment }: Surroundings): Command {
  return gatewayCommand('logout', 'end the session at the gateway and forget it here')
    .addHelpText('after', examples('logout', 'logout --gateway https://gas.example'))
    .action(async (options: GatewayOptions) => {
      const { gatewayUrl, loginsFile } = readSettings(options, environment);
      const store = new LoginStore(loginsFile);
      const login = await store.find(gatewayUrl);
      await store.forget(gatewayUrl);
      if (login) await endSession(gatewayUrl, login.token);
      const signedOut = { gateway: gatewayUrl, wasSignedIn: login !== undefined };
      const sentence = login ? `Signed out at ${gatewayUrl}.` : `You were not signed in at ${gatewayUrl}.`;
      terminal.write(options.json ? `${JSON.stringify(signedOut, null, 2)}\n` : `${sentence}\n`);
    });
}

/** A session that the gateway has ended by itself is as good as one that we end. */
async function endSession(gatewayUrl: string, token: string): Promise<void> {
  try {
    await new GatewayClient(gatewayUrl, token).call('signOut');
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-signed-in') return;
    if (error instanceof Failure && error.code === 'gateway-unreachable') {
      throw new Failure('gateway-unreachable', {
        sentence: `The session is forgotten here, but ${gatewayUrl} could not be told: it ends there when it expires.`,
      });
    }
    throw error;
  }
}

async function ask(terminal: Terminal, question: string, option: string, secret = false): Promise<string> {
  if (terminal.canAsk) return terminal.ask(question, { secret });
  throw new Failure('usage', { sentence: `There is nobody to ask here: give ${option}.` });
}
