// What to try when nobody answered, the likeliest reason first.

/** One sentence a reason. */
export function whatNext(deadlineS: number, encrypted: boolean): string {
  const steps = [
    'Is the device waiting for a Wi-Fi? Most blink while they do; hold its button until it does, and try again.',
    'Is this machine on 2.4 GHz? Most devices hear nothing else: join the 2.4 GHz network of the same name.',
    'Is the password right? A device that cannot join says nothing.',
    'Does it go out over the right interface? Name it with --interface, and see with --verbose what was sent.',
    'Does the access point keep its clients apart (guest network, "AP isolation")? Then devices hear it and their answers are lost: look whether the device has joined.',
    'Does a firewall on this machine drop UDP to port 10000? Answers come in there.',
    encrypted
      ? 'Is it the key of this product? Try without --key.'
      : 'Does the maker encrypt the password? Then give its key with --key.',
    'Old devices may need the order of the WeChat app: --schedule wechat.',
  ];
  return [
    `No device answered within ${deadlineS} s. What to try, the likeliest first:`,
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
  ].join('\n');
}
