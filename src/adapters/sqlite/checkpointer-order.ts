/** What the station's thread and the checkpointing thread share. */
export interface CheckpointerOrder {
  readonly file: string
  readonly everyMs: number
  /** two words: `STOP_WISH` and `CHECKPOINTER_STATE` */
  readonly shared: SharedArrayBuffer
}

/** 1: the checkpointer shall end. */
export const STOP_WISH = 0
/** 0: not up yet, 1: the database is open there, 2: ended. */
export const CHECKPOINTER_STATE = 1
