/** Bearer tokens of the HTTP door. Only their SHA-256 is kept. */
export interface TokenRow {
  readonly name: string
  readonly scope: 'read' | 'control'
  /** lower-case hex SHA-256 of the token */
  readonly hash: string
  readonly createdAt: number
}

export interface TokenShelf {
  /** throws when the name is taken */
  add(row: TokenRow): void
  list(): readonly TokenRow[]
  remove(name: string): boolean
  find(hash: string): TokenRow | null
}
