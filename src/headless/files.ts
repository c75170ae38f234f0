/** Files as themselves: what the contract tells in JSON at `/api/analytics/export/trades` is a file at `….csv` and `….json`. */
const ADDRESS = /^(\/api\/analytics\/export\/[a-z]+)\.(csv|json)(?:\?(.*))?$/

/** The contract's own address of the file that is asked for; null: none is. */
export function addressInside(url: string): string | null {
  const [, path, format, query] = ADDRESS.exec(url) ?? []
  if (path === undefined || format === undefined) return null
  return `${path}?format=${format}${query === undefined ? '' : `&${query}`}`
}

interface Told {
  readonly name: string
  readonly media_type: string
  readonly text: string
}

interface Result {
  readonly matched: boolean
  readonly response?: { readonly status: number; readonly body: unknown } | undefined
}

/** The answer with the file in the place of its JSON; errors stay as they are. */
export async function unwrapped<Answer extends Result>({ next }: { next: () => Promise<Answer> }): Promise<Answer> {
  const result = await next()
  const { response } = result
  if (response === undefined || response.status !== 200) return result
  const { name, media_type: type, text } = response.body as Told
  return { ...result, response: { ...response, body: new File([text], name, { type }) } }
}
