import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/** Whether this process may install Debian packages. */
export function canInstallDebianPackages(): boolean {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0
}

/** Installs Debian packages without a question asked; throws with apt's last words when that fails. */
export function installDebianPackages(...packages: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const run = spawnSync('apt-get', ['-q', ...args], { env, encoding: 'utf8' })
    if (run.status !== 0)
      throw new Error(`apt-get ${args.join(' ')} failed:\n${`${run.stdout}${run.stderr}`.trim().slice(-2000)}`)
  }
}
