/** What was renamed, where the platform may still offer the old name alone. */
const RENAMED: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
}

/** The time zones to choose from, by today's names; one that is chosen already stays as it is. */
export function timeZones(chosen: string): string[] {
  return [...new Set(['UTC', chosen, ...Intl.supportedValuesOf('timeZone').map(todaysName)])].sort()
}

/** The time zone of this computer, by today's name. */
export function ownTimeZone(): string {
  return todaysName(Intl.DateTimeFormat().resolvedOptions().timeZone)
}

/** `Asia/Calcutta` as `Asia/Kolkata`. */
export function todaysName(zone: string): string {
  return RENAMED[zone] ?? zone
}
