/** Chromium has no `app://`: `app://host/path` travels as `https://host.app.scheme.test/path`, a secure and standard origin too. */
const OWN_SCHEME = /^(?!https?:|file:|about:|data:|blob:)([a-z][a-z0-9-]*):\/\/([^/]+)/
const ON_THE_WIRE = /^https:\/\/([^/]+)\.([a-z][a-z0-9-]*)\.scheme\.test/

export const toWire = (address: string): string => address.replace(OWN_SCHEME, 'https://$2.$1.scheme.test')

export const fromWire = (address: string): string => address.replace(ON_THE_WIRE, '$2://$1')
