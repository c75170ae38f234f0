#!/usr/bin/env node
/** Door two's way in: the command line. Errors are sentences; the exit code says whether it went well. */
import { program } from './cli/program.ts'

try {
  await program().parseAsync()
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem))
  process.exitCode = 1
}
