import { spawnSync } from 'node:child_process'

/** The gate: every step in order, ending at the first that fails. None needs the network. */
const steps: [name: string, command: string, ...args: string[]][] = [
  ['format and lint', 'biome', 'ci', '.'],
  ['bindings', 'wrangler', 'types', '--check', '--include-runtime=false', 'src/bindings.d.ts'],
  ['types of the Worker', 'tsc', '--noEmit'],
  ['types of scripts and browser tests', 'tsc', '--noEmit', '-p', 'tsconfig.node.json'],
  ['build', 'wrangler', 'deploy', '--dry-run'],
  ['tests', 'vitest', 'run'],
]

const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }

for (const [name, command, ...args] of steps) {
  console.log(`\n== ${name}: ${command} ${args.join(' ')}`)
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env })
  if (error) console.error(`${command} could not be started. Run this as: npm run check`)
  if (status !== 0) {
    console.error(`\n== failed: ${name}`)
    process.exit(1)
  }
}
console.log(`\n== passed: ${steps.map(([name]) => name).join(', ')}`)
