/** What every way of sending says, to whom, and how many at once. */
export const WIDTH = 16;
export const TEXT =
  'Ville de Clichy: visite du quartier avec Mme la Maire samedi 28 a 10h, square du Chene Pointu Fin: STOP';
export const ACCOUNT = `AC${'a'.repeat(32)}`;
export const TOKEN = 'test-token-0123456789abcdef';
export const FROM = '38123';
/** Ten million of them: enough that none is written to twice. */
export const numberOf = (index: number): string => `+3363${String(index).padStart(7, '0')}`;

/** Sends to everyone, so many side by side; prints µs of CPU a message and the peak of memory in MB. */
export async function sendAll(count: number, send: (index: number) => Promise<void>): Promise<void> {
  const before = process.cpuUsage();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: WIDTH }, lane));
  tell(count, before);
}

export interface Cost {
  perMessage: number;
  peakMb: number;
}

export function tell(count: number, before: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(before);
  const cost: Cost = { perMessage: (user + system) / count, peakMb: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(cost));
  process.exit(0);
}
