/** Every table of SPEC §17. Money is decimal text, times are epoch ms; `row` keeps the order of writing. */
import type { Migration } from './migration.ts'

/** Not unique: a good copy may have to be written beside a damaged one. */
const rulesTable = (name: string): string => `
CREATE TABLE ${name} (
  row INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX ${name}_hash ON ${name} (hash);
`

const POLICY = `
CREATE TABLE policy_history (
  version INTEGER PRIMARY KEY,
  updated_at INTEGER NOT NULL,
  ranking_only INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  changes TEXT NOT NULL,
  document TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
${['policy_rules', 'policy_rules_spare'].map(rulesTable).join('')}
CREATE VIEW policy_current AS SELECT * FROM policy_history ORDER BY version DESC LIMIT 1;
CREATE INDEX policy_history_rankings ON policy_history (updated_at) WHERE ranking_only = 1;

CREATE TABLE msc_policies (
  row INTEGER PRIMARY KEY,
  trace_id TEXT NOT NULL UNIQUE,
  risk_mode TEXT NOT NULL,
  max_risk_per_trade REAL NOT NULL,
  max_positions INTEGER NOT NULL,
  min_confidence REAL NOT NULL,
  max_daily_trades INTEGER NOT NULL,
  allowed_strategies TEXT,
  system_drawdown REAL,
  system_winrate REAL,
  votes TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX msc_policies_time ON msc_policies (created_at);
`

const DECIDING = `
CREATE TABLE signals (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  strategy_id TEXT NOT NULL,
  symbol TEXT NOT NULL,
  side TEXT NOT NULL,
  confidence REAL NOT NULL,
  price REAL NOT NULL,
  stop_price REAL NOT NULL,
  take_profit_price REAL,
  trailing TEXT,
  ttl_ms INTEGER NOT NULL,
  features TEXT NOT NULL,
  model_version TEXT,
  interval TEXT NOT NULL,
  bar INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  trace_id TEXT NOT NULL
) STRICT;
CREATE INDEX signals_time ON signals (created_at);
CREATE INDEX signals_trace ON signals (trace_id);

CREATE TABLE decisions (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL,
  trace_id TEXT NOT NULL,
  signal_id TEXT,
  intent_id TEXT,
  strategy_id TEXT NOT NULL,
  symbol TEXT NOT NULL,
  side TEXT NOT NULL,
  kind TEXT NOT NULL,
  bar INTEGER,
  outcome TEXT NOT NULL,
  gate TEXT,
  code TEXT,
  "limit" ANY,
  actual ANY,
  source TEXT,
  policy_version INTEGER NOT NULL,
  confidence REAL,
  ranking REAL,
  sentence TEXT NOT NULL,
  steps TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_time ON decisions (at);
CREATE INDEX decisions_symbol ON decisions (symbol, at);
CREATE INDEX decisions_code ON decisions (code, at);
CREATE INDEX decisions_trace ON decisions (trace_id);
`

const TRADING = `
CREATE TABLE orders (
  row INTEGER PRIMARY KEY,
  client_order_id TEXT NOT NULL UNIQUE,
  symbol TEXT NOT NULL,
  side TEXT NOT NULL,
  type TEXT NOT NULL,
  time_in_force TEXT,
  quantity TEXT NOT NULL,
  price TEXT,
  trigger_price TEXT,
  activation_price TEXT,
  callback REAL,
  reduce_only INTEGER NOT NULL,
  leverage INTEGER,
  intent_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  strategy_id TEXT NOT NULL,
  purpose TEXT NOT NULL,
  position_side TEXT NOT NULL,
  state TEXT NOT NULL,
  filled_quantity TEXT NOT NULL,
  average_price TEXT NOT NULL,
  venue_order_id TEXT,
  reason TEXT,
  entry_plan TEXT,
  exit_reason TEXT,
  policy_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX orders_time ON orders (created_at);
CREATE INDEX orders_trace ON orders (trace_id);
CREATE INDEX orders_open ON orders (created_at)
  WHERE state IN ('INTENT', 'SUBMITTED', 'OPEN', 'PARTIALLY_FILLED', 'UNKNOWN');

CREATE TABLE fills (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  client_order_id TEXT NOT NULL,
  symbol TEXT NOT NULL,
  side TEXT NOT NULL,
  price TEXT NOT NULL,
  quantity TEXT NOT NULL,
  fee TEXT NOT NULL,
  liquidity TEXT NOT NULL,
  at INTEGER NOT NULL,
  intent_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  strategy_id TEXT NOT NULL
) STRICT;
CREATE INDEX fills_time ON fills (at);
CREATE INDEX fills_trace ON fills (trace_id);

CREATE TABLE ledger (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  amount TEXT NOT NULL,
  symbol TEXT,
  at INTEGER NOT NULL,
  trace_id TEXT
) STRICT;
CREATE INDEX ledger_time ON ledger (at);
CREATE INDEX ledger_trace ON ledger (trace_id) WHERE trace_id IS NOT NULL;

CREATE TABLE positions (
  row INTEGER PRIMARY KEY,
  symbol TEXT NOT NULL UNIQUE,
  side TEXT NOT NULL,
  quantity TEXT NOT NULL,
  entry_price TEXT NOT NULL,
  leverage INTEGER NOT NULL,
  strategy_id TEXT NOT NULL,
  intent_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  policy_version INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  entered_quantity TEXT NOT NULL,
  entered_cost TEXT NOT NULL,
  initial_stop_price TEXT NOT NULL,
  stop_price TEXT NOT NULL,
  take_profit_price TEXT,
  trailing TEXT,
  realised TEXT NOT NULL,
  fees TEXT NOT NULL,
  funding TEXT NOT NULL
) STRICT;

CREATE TABLE trades (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  intent_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  symbol TEXT NOT NULL,
  side TEXT NOT NULL,
  strategy_id TEXT NOT NULL,
  policy_version INTEGER NOT NULL,
  risk_mode TEXT NOT NULL,
  quantity TEXT NOT NULL,
  entry_price TEXT NOT NULL,
  exit_price TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  realised TEXT NOT NULL,
  fees TEXT NOT NULL,
  funding TEXT NOT NULL,
  profit TEXT NOT NULL,
  r_multiple REAL NOT NULL,
  exit_reason TEXT NOT NULL
) STRICT;
CREATE INDEX trades_time ON trades (closed_at);
CREATE INDEX trades_strategy ON trades (strategy_id, closed_at);
CREATE INDEX trades_symbol ON trades (symbol, closed_at);
CREATE INDEX trades_trace ON trades (trace_id);

CREATE TABLE equity (
  at INTEGER PRIMARY KEY,
  balance TEXT NOT NULL,
  unrealised TEXT NOT NULL,
  equity TEXT NOT NULL,
  units TEXT NOT NULL,
  nav REAL NOT NULL,
  nav_high_today REAL NOT NULL,
  nav_high_24h REAL NOT NULL,
  nav_high_ever REAL NOT NULL,
  drawdown REAL NOT NULL,
  free_margin REAL NOT NULL
) STRICT;
`

const LEARNING = `
CREATE TABLE rankings (
  at INTEGER NOT NULL,
  symbol TEXT NOT NULL,
  score REAL NOT NULL,
  components TEXT NOT NULL,
  PRIMARY KEY (at, symbol)
) STRICT, WITHOUT ROWID;

CREATE TABLE strategies (
  id TEXT PRIMARY KEY,
  status TEXT NOT NULL,
  definition TEXT NOT NULL,
  risk_share REAL NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE strategy_stats (
  strategy_id TEXT NOT NULL,
  account TEXT NOT NULL CHECK (account IN ('live', 'shadow')),
  at INTEGER NOT NULL,
  trades INTEGER NOT NULL,
  profit_factor REAL,
  win_rate REAL,
  mean_r REAL,
  max_drawdown_pct REAL,
  score REAL,
  PRIMARY KEY (strategy_id, account, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  status TEXT NOT NULL,
  parent_version TEXT,
  span_from INTEGER NOT NULL,
  span_to INTEGER NOT NULL,
  feature_hash TEXT NOT NULL,
  parameters TEXT NOT NULL,
  metrics TEXT NOT NULL,
  checksum TEXT NOT NULL,
  content BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT;

CREATE TABLE predictions (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  model TEXT NOT NULL,
  model_version TEXT NOT NULL,
  signal_id TEXT,
  symbol TEXT NOT NULL,
  at INTEGER NOT NULL,
  probability REAL NOT NULL,
  outcome INTEGER,
  resolved_at INTEGER
) STRICT;
CREATE INDEX predictions_model ON predictions (model, model_version, at);
`

const TELLING = `
CREATE TABLE alerts (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  severity TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  cleared_at INTEGER,
  acknowledged_at INTEGER
) STRICT;
CREATE INDEX alerts_time ON alerts (raised_at);

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  trace_id TEXT,
  data TEXT NOT NULL
) STRICT;
CREATE INDEX events_time ON events (at);
CREATE INDEX events_type ON events (type, at);
CREATE INDEX events_trace ON events (trace_id) WHERE trace_id IS NOT NULL;

CREATE TABLE candles (
  symbol TEXT NOT NULL,
  interval TEXT NOT NULL,
  open_at INTEGER NOT NULL,
  open REAL NOT NULL,
  high REAL NOT NULL,
  low REAL NOT NULL,
  close REAL NOT NULL,
  volume REAL NOT NULL,
  quote_volume REAL NOT NULL,
  PRIMARY KEY (symbol, interval, open_at)
) STRICT, WITHOUT ROWID;
`

const KEEPING = `
CREATE TABLE tokens (
  name TEXT PRIMARY KEY,
  scope TEXT NOT NULL CHECK (scope IN ('read', 'control')),
  hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE paper_documents (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX paper_documents_time ON paper_documents (kind, at, key);
`

/** What was written once is never changed; of policies only those that changed nothing but rankings may be thinned. */
function appendOnly(table: string, mayBeThinned = '0'): string {
  const refuse = `SELECT RAISE(ABORT, '${table} only grows')`
  return `
CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN ${refuse}; END;
CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} WHEN NOT (${mayBeThinned}) BEGIN ${refuse}; END;
`
}

const APPEND_ONLY = [
  ...['fills', 'ledger', 'trades', 'decisions', 'events', 'policy_rules', 'policy_rules_spare'].map((table) =>
    appendOnly(table),
  ),
  appendOnly('policy_history', 'OLD.ranking_only = 1'),
]

export const tables: Migration = {
  version: 1,
  sql: [POLICY, DECIDING, TRADING, LEARNING, TELLING, KEEPING, ...APPEND_ONLY].join('\n'),
}
