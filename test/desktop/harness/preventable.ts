/** An event whose listeners may say no. */
export interface Preventable {
  defaultPrevented: boolean
  preventDefault(): void
}

export function preventable<Extra extends object>(extra: Extra = {} as Extra): Preventable & Extra {
  const event = {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}
