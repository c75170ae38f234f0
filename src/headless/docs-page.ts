/** The browsable page of the HTTP interface, made from its OpenAPI document; no script. */
import { BASE_STYLE, escaped, pageOf, type Page } from './html.ts'
import type { OpenApiDocument } from './openapi.ts'

interface Operation {
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema?: unknown }[]
  readonly requestBody?: unknown
  readonly responses?: Readonly<Record<string, unknown>>
}

interface Endpoint extends Operation {
  readonly method: string
  readonly path: string
}

const METHODS = ['get', 'post', 'patch', 'put', 'delete'] as const

const STYLE = `${BASE_STYLE}
details { border-top: 1px solid var(--line); padding: 6px 0 }
summary { cursor: pointer; display: flex; gap: 12px; align-items: baseline }
summary b { width: 56px; font-weight: 600; color: var(--mark) }
pre { overflow: auto; background: var(--page); padding: 8px; border-radius: 4px; margin: 6px 0 }
td { padding: 2px 16px 2px 0; vertical-align: top }
`

function endpointsOf(document: OpenApiDocument): Endpoint[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method] as Operation | undefined
      return operation ? [{ ...operation, method, path }] : []
    }),
  )
}

const json = (value: unknown): string => `<pre>${escaped(JSON.stringify(value, null, 2))}</pre>`

/** The schema of a body of `{ content: { type: { schema } } }`; null without one. */
function bodySchema(body: unknown): unknown {
  const content = (body as { content?: Record<string, { schema?: unknown }> } | undefined)?.content ?? {}
  return Object.values(content)[0]?.schema ?? null
}

function parameterTable(endpoint: Endpoint): string {
  const rows = (endpoint.parameters ?? []).map(
    (parameter) =>
      `<tr><td><code>${escaped(parameter.name)}</code></td><td class="quiet">${parameter.in}${parameter.required ? ', required' : ''}</td><td><code>${escaped(JSON.stringify(parameter.schema))}</code></td></tr>`,
  )
  return rows.length === 0 ? '' : `<table>${rows.join('')}</table>`
}

function endpointHtml(endpoint: Endpoint): string {
  const body = bodySchema(endpoint.requestBody)
  const success = Object.entries(endpoint.responses ?? {}).find(([status]) => status.startsWith('2'))
  const errors = Object.keys(endpoint.responses ?? {}).filter((status) => !status.startsWith('2'))
  return `<details><summary><b>${endpoint.method.toUpperCase()}</b><code>${escaped(endpoint.path)}</code><span class="quiet">${escaped(endpoint.summary ?? '')}</span></summary>
${parameterTable(endpoint)}
${body === null ? '' : `<h2>Body</h2>${json(body)}`}
${success ? `<h2>Answer ${success[0]}</h2>${json(bodySchema(success[1]))}` : ''}
<p class="quiet">Errors: ${errors.join(', ')}</p></details>`
}

export function docsPage(document: OpenApiDocument): Page {
  const endpoints = endpointsOf(document)
  const tags = [...new Set(endpoints.map((endpoint) => endpoint.tags?.[0] ?? 'other'))]
  const sections = tags.map((tag) => {
    const inTag = endpoints.filter((endpoint) => (endpoint.tags?.[0] ?? 'other') === tag)
    return `<section class="card"><h2>${escaped(tag)}</h2>${inTag.map(endpointHtml).join('')}</section>`
  })
  const body = `<main><h1>Signalbox over HTTP</h1>
<p class="quiet">${escaped(document.info.description ?? '')} The document itself: <a href="/openapi.json">/openapi.json</a>. The whole contract with subscriptions: WebSocket <code>/ws</code>.</p>
<pre class="card">curl -H "Authorization: Bearer $(cat token)" http://127.0.0.1:PORT/api/policy</pre>
${sections.join('\n')}</main>`
  return pageOf({ title: 'Signalbox · HTTP interface', style: STYLE, body })
}
