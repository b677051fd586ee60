// How a device answers commands: each once, none from an earlier owner, none too late.
import type { Command, DeviceReply } from '#codecs/wire';

export type Refusal = 'unknown-command' | 'earlier-owner' | 'too-late';

const refusals: Record<Refusal, string> = {
  'unknown-command': 'this device knows no such command',
  'earlier-owner': 'the command was given under an earlier owner',
  'too-late': 'the command came after its time',
};

const mostRemembered = 32;

/** A broker may deliver a command twice; the second time it gets the first answer and nothing is done. */
export class Orders {
  private readonly answers = new Map<string, DeviceReply>();

  /** @param obey does the command, or says why not. */
  answer(command: Command, obey: (command: Command) => Refusal | null): DeviceReply {
    const earlier = this.answers.get(command.id);
    if (earlier) return earlier;
    const refusal = obey(command);
    const answer: DeviceReply = refusal
      ? { id: command.id, ok: false, error: { code: refusal, detail: refusals[refusal] } }
      : { id: command.id, ok: true };
    this.remember(answer);
    return answer;
  }

  private remember(answer: DeviceReply): void {
    this.answers.set(answer.id, answer);
    const [oldest] = this.answers.keys();
    if (this.answers.size > mostRemembered && oldest !== undefined) this.answers.delete(oldest);
  }
}
