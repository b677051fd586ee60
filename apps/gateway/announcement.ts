// What the gateway says to the person who started it.
import type { Gateway } from './gateway.js';
import type { Settings } from './settings/index.js';
import { reachableOrigin } from './start-up/local-address.js';
import { version } from './version.js';

export function announcement(gateway: Gateway, settings: Settings): string {
  const { publicUrl, mqttPort, mqttTlsPort, dataFolder, firstOperatorUrl, newKeyRing, printedUrl } = gateway;
  const mqtt = reachableOrigin(settings.mqttHost, mqttPort).replace(/^http/, 'mqtt');
  const lines = [
    `Airbind ${version} is running. Ctrl+C stops it.`,
    '',
    `  pages        ${publicUrl}`,
    `  interface    ${gateway.url}/docs`,
    `  devices      ${mqtt}, and over WebSocket ${publicUrl.replace(/^http/, 'ws')}/mqtt`,
    ...(mqttTlsPort === null
      ? []
      : [`               ${reachableOrigin(settings.mqttHost, mqttTlsPort).replace(/^http/, 'mqtts')}`]),
    `  data         ${dataFolder}`,
    '',
  ];
  if (printedUrl !== null) {
    lines.push(
      `Codes that were made before lead to ${printedUrl}, and PUBLIC_URL is another one now.`,
      'They work as long as that address leads here too.',
      '',
    );
  } else if (settings.publicUrl === null) {
    lines.push(`PUBLIC_URL is not set: codes printed now would lead to ${publicUrl} for ever.`, '');
  }
  if (newKeyRing !== null) {
    lines.push(
      `A key ring was made: ${newKeyRing}. Every printed code comes from it and dies with it.`,
      'Keep a copy in a safe place.',
      '',
    );
  }
  if (firstOperatorUrl !== null) {
    lines.push(
      'Make yourself the first operator with this link (once, within a day):',
      `  ${firstOperatorUrl}`,
      '',
    );
  }
  lines.push(
    'Airbind is not a certified alarm system: the detector in the room decides first.',
    'Airbind 不是经认证的报警系统：以现场探测器的报警为准。',
    '',
  );
  return lines.join('\n');
}
