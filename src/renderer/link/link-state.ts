/** How the page stands with the station. Times are of this machine, epoch ms. */
export type LinkState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'live'; readonly since: number }
  | { readonly phase: 'lost'; readonly since: number; readonly attempt: number; readonly retryAt: number }
  | { readonly phase: 'signed-out' }
