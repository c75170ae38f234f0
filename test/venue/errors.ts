/** The exchange's no: codes, HTTP statuses and texts of BINANCE.md §8. */

interface Answer {
  readonly status: number
  readonly message: string
}

const bad = (message: string): Answer => ({ status: 400, message })

export const CODES = {
  [-1000]: bad('An unknown error occurred while processing the request.'),
  [-1001]: { status: 503, message: 'Internal error; unable to process your request. Please try again.' },
  [-1002]: { status: 401, message: 'You are not authorized to execute this request.' },
  [-1003]: { status: 429, message: 'Too many requests' },
  [-1006]: bad('An unexpected response was received from the message bus. Execution status unknown.'),
  [-1007]: {
    status: 408,
    message: 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.',
  },
  [-1008]: {
    status: 503,
    message: 'Server is currently overloaded with other requests. Please try again in a few minutes.',
  },
  [-1014]: bad('Unsupported order combination.'),
  [-1015]: { status: 429, message: 'Too many new orders; current limit is 300 orders per 10 SECOND.' },
  [-1016]: { status: 503, message: 'This service is no longer available.' },
  [-1021]: bad('Timestamp for this request is outside of the recvWindow.'),
  [-1022]: bad('Signature for this request is not valid.'),
  [-1100]: bad('Illegal characters found in a parameter.'),
  [-1101]: bad('Too many parameters sent for this endpoint.'),
  [-1102]: bad('A mandatory parameter was not sent, was empty/null, or malformed.'),
  [-1103]: bad('An unknown parameter was sent.'),
  [-1104]: bad('Not all sent parameters were read.'),
  [-1105]: bad('A parameter was empty.'),
  [-1106]: bad('A parameter was sent when not required.'),
  [-1111]: bad('Precision is over the maximum defined for this asset.'),
  [-1115]: bad('Invalid timeInForce.'),
  [-1116]: bad('Invalid orderType.'),
  [-1117]: bad('Invalid side.'),
  [-1120]: bad('Invalid interval.'),
  [-1121]: bad('Invalid symbol.'),
  [-1122]: bad('Invalid symbol status.'),
  [-1125]: bad('This listenKey does not exist.'),
  [-1130]: bad('Data sent for parameter is not valid.'),
  [-2007]: bad('Invalid callBack rate.'),
  [-2010]: bad('NEW_ORDER_REJECTED'),
  [-2011]: bad('Unknown order sent.'),
  [-2013]: bad('Order does not exist.'),
  [-2014]: { status: 401, message: 'API-key format invalid.' },
  [-2015]: { status: 401, message: 'Invalid API-key, IP, or permissions for action.' },
  [-2018]: bad('Balance is insufficient.'),
  [-2019]: bad('Margin is insufficient.'),
  [-2020]: bad('Unable to fill.'),
  [-2021]: bad('Order would immediately trigger.'),
  [-2022]: bad('ReduceOnly Order is rejected.'),
  [-2024]: bad('Position is not sufficient.'),
  [-2025]: bad('Reach max open order limit.'),
  [-2027]: bad('Exceeded the maximum allowable position at current leverage.'),
  [-2028]: bad('Leverage is smaller than permitted: insufficient margin balance.'),
  [-4001]: bad('Price less than 0.'),
  [-4002]: bad('Price greater than max price.'),
  [-4003]: bad('Quantity less than or equal to zero.'),
  [-4004]: bad('Quantity less than min quantity.'),
  [-4005]: bad('Quantity greater than max quantity.'),
  [-4013]: bad('Price less than min price.'),
  [-4014]: bad('Price not increased by tick size.'),
  [-4015]: bad('Client order id length should be less than 36 chars'),
  [-4016]: bad("Limit price can't be higher than allowed."),
  [-4021]: bad('Not valid depth limit.'),
  [-4023]: bad('Quantity not increased by step size.'),
  [-4024]: bad("Limit price can't be lower than allowed."),
  [-4028]: bad('Leverage is not valid'),
  [-4045]: bad('Reach max stop order limit.'),
  [-4046]: bad('No need to change margin type.'),
  [-4047]: bad('Margin type cannot be changed if there exists open orders.'),
  [-4048]: bad('Margin type cannot be changed if there exists position.'),
  [-4059]: bad('No need to change position side.'),
  [-4061]: bad("Order's position side does not match user's setting."),
  [-4067]: bad('Position side cannot be changed if there exists open orders.'),
  [-4068]: bad('Position side cannot be changed if there exists position.'),
  [-4116]: bad('ClientOrderId is duplicated.'),
  [-4118]: bad('ReduceOnly Order Failed. Please check your existing position and open orders.'),
  [-4120]: bad('Order type not supported for this endpoint. Please use the Algo Order API endpoints instead.'),
  [-4130]: bad('An open stop or take profit order with GTE and closePosition in the direction is existing.'),
  [-4131]: bad("The counterparty's best price does not meet the PERCENT_PRICE filter limit."),
  [-4137]: bad('Quantity must be zero with closePosition equals true.'),
  [-4138]: bad('Reduce only must be true with closePosition equals true.'),
  [-4141]: bad('Symbol is closed.'),
  [-4161]: bad('Leverage reduction is not supported in Isolated Margin Mode with open positions.'),
  [-4164]: bad("Order's notional must be no smaller than 50 (unless you choose reduce only)."),
  [-4166]: bad('Search window is restricted to recent 7 days only.'),
  [-4171]: bad('No need to change Multi-Assets mode.'),
  [-4400]: bad(
    'Futures Trading Quantitative Rules violated, only reduceOnly order is allowed, please try again later.',
  ),
  [-5000]: { status: 404, message: 'Path is invalid' },
  [-5021]: bad('Due to the order could not be filled immediately, the FOK order has been rejected.'),
  [-5022]: bad('Due to the order could not be executed as maker, the Post Only order will be rejected.'),
  [-5027]: bad('No need to modify the order.'),
  [-5028]: bad('Timestamp for this request is outside of the ME recvWindow.'),
  [-5047]: bad('Amend order is rejected: reduceOnly does not match.'),
} as const satisfies Readonly<Record<number, Answer>>

export type Code = keyof typeof CODES

export const isCode = (value: unknown): value is Code => typeof value === 'number' && Object.hasOwn(CODES, value)

/** Thrown anywhere inside; becomes `{code, msg}` with the code's HTTP status. */
export class VenueError extends Error {
  override readonly name = 'VenueError'
  readonly code: Code
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(code: Code, message?: string, headers: Readonly<Record<string, string>> = {}, status?: number) {
    super(message ?? CODES[code].message)
    this.code = code
    this.status = status ?? CODES[code].status
    this.headers = headers
  }
}
