/** The answers of the contract as types. */
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'

import type { Contract } from '../../../contract/index.ts'

export type Outputs = InferContractRouterOutputs<Contract>
export type Inputs = InferContractRouterInputs<Contract>
