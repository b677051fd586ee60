// Every stable error code of Airbind, with the sentence that a person reads when nothing better is known.

/** Codes never change their meaning; the HTTP status and the exit status of each stand in the apps' tables. */
export const errorTitles = {
  'invalid-request': 'The request does not have the form that is asked for.',
  'not-signed-in': 'Sign in first.',
  'not-found': 'There is nothing here for you.',
  'wrong-credentials': 'The mail address or the password is not right.',
  'link-spent': 'This link was used before or has expired. Ask for a new one.',
  'last-operator': 'Without an operator nobody could look after this gateway. Let a second one in first.',
  'sign-in-again': 'You have no password. Sign in by a new link, and do this within 15 minutes.',
  'email-taken': 'There is an account with this mail address already.',
  'too-many-attempts': 'Too many attempts. Wait a little and try again.',
  'cross-site': 'This call came from another site and was refused.',
  'not-our-code': 'This is not a code of ours.',
  'old-label': 'This label was replaced by a newer one. Scan the new label.',
  'already-bound': 'This device has an owner.',
  'device-locked': 'This device is locked. Its owner can unlock it.',
  'possession-not-shown': 'Show first that the device is in your hands.',
  'possession-refused': 'That proof is not right. Try again later.',
  'claim-expired': 'That took too long. Start again at the device.',
  'claim-lost': 'Somebody else is binding this device right now.',
  'recovery-not-due': 'The owner still has time to object. Come back when it is over.',
  'still-yours':
    'This device is still yours. Release it or hand it over; then what it recorded can be erased.',
  'alarm-not-calm': 'The alarm cannot be reset while its cause lasts.',
  'alarm-over': 'This alarm is over.',
  'remarks-full':
    'This alarm has as many remarks as it takes. Acknowledge it, or reset it when its cause is gone.',
  'device-offline': 'The device is not connected.',
  'application-exists': 'There is an application with this name already.',
  'no-authority': 'There is no certificate authority yet. Make one with airbind ca create.',
  'last-home': 'This is your only home, and an account has one. Give it another name instead.',
  'home-occupied': 'Devices stand in this home. Say into which of your homes they move.',
  'product-unknown': 'There is no such product.',
  'product-in-use': 'The product has devices; its readings cannot be taken away.',
  'batch-differs': 'There is another batch of this name. Take another name.',
  'units-taken': 'A serial number or MAC address belongs to another device already.',
  'export-elsewhere':
    'This is not the export that the gateway knows. Begin it again; what was handed out before is void then.',
  'export-unfinished': 'Not every credential of the batch has been exported yet.',
  'batch-confirmed': 'The credentials of this batch have left. None of them can leave again.',
  'public-url-unset':
    'PUBLIC_URL is not set, and it stands in every printed code for ever. Set it and start the gateway again.',
  'no-snapshot': 'The camera has not sent a picture yet.',
  'channel-not-ready': 'This gateway is not set up for that way yet. Its operator can see to it.',
  'storage-unavailable': 'The store does not answer. Nothing was changed; try again.',
  'gateway-unreachable': 'The gateway does not answer. Is it running?',
  'settings-invalid': 'The settings are not right.',
  'port-busy': 'The port is in use.',
  'ssid-empty': 'The name of the Wi-Fi is empty.',
  'ssid-too-long': 'The name of the Wi-Fi is longer than 32 bytes.',
  'password-too-long': 'The Wi-Fi password is longer than AirKiss can carry.',
  'no-answer': 'No device answered.',
  'no-broadcast': 'The broadcast could not be sent.',
  'file-unreadable': 'The file cannot be read.',
  internal: 'Something went wrong on our side. It was written to the log.',
} as const;

export type ErrorCode = keyof typeof errorTitles;

export const errorCodes = Object.keys(errorTitles) as readonly ErrorCode[];
