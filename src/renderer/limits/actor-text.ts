/** Who did something, in words. Pure. */
const WORDS: Readonly<Record<string, string>> = {
  user: 'you',
  msc: 'MSC',
  env: 'start-up',
  governor: 'the governor',
  ranker: 'the ranker',
  clm: 'learning',
  config: 'configuration',
}

/** In the middle of a sentence: `you`, `MSC`, `rule Night`, the name of a token. */
export function actorText(actor: string): string {
  const [kind = '', name] = actor.split(/:(.*)/s)
  if (name === undefined) return WORDS[kind] ?? kind
  return kind === 'rule' ? `rule ${name}` : name
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
