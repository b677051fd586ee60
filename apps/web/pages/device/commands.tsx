// What a device can be told to do; each is asked once more before it is sent.
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceDetailView, Product } from '#codecs/api';
import { call } from '../../gateway/call.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { Section } from '../../parts/section.js';
import { useText } from '../../texts/use-locale.js';

type Command = Product['commands'][number];

export function Commands({ device }: { device: DeviceDetailView }) {
  const { t } = useTranslation();
  const text = useText();
  const [asked, setAsked] = useState<Command | null>(null);
  const send = useMutation({
    mutationFn: ({ name }: Command) => call('command', { params: { deviceId: device.id }, body: { name } }),
    onSuccess: () => setAsked(null),
  });
  const ask = (command: Command) => {
    send.reset();
    setAsked(command);
  };
  return (
    <Section title={t('device.commands')}>
      <div className="row">
        {device.productPage.commands.map(command => (
          <button
            key={command.name}
            type="button"
            className="button button-plain"
            onClick={() => ask(command)}
          >
            {text(command.label)}
          </button>
        ))}
      </div>
      <p role="status" className="done">
        {send.isSuccess && t('device.commandSent', { command: text(send.variables.label) })}
      </p>
      {asked && (
        <ConfirmDialog
          title={t('device.commandAsk', { command: text(asked.label), name: device.name })}
          text={t('device.commandText')}
          confirm={t('device.commandSend')}
          busy={send.isPending}
          fault={send.error}
          onConfirm={() => send.mutate(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  );
}
