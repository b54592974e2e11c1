/** The city as its file and what staff changed of it have it together, kept fresh as the surveys are. */
import type { City } from '../../conversations/city.ts';
import { type Numbered, noSettings, type Settings, settingsOf } from '../../conversations/settings.ts';
import type { SettingsLog } from '../store/settings-log.ts';
import type { Log } from './log.ts';
import { createReread, type Reread } from './reread.ts';

export interface LiveSettings extends Reread<Settings> {
  /** As the file has it. */
  base: City;
}

export function createLiveSettings(
  base: City,
  log: Pick<SettingsLog, 'since'>,
  often: { now(): Date; log: Log; every?: number },
): LiveSettings {
  const settings: LiveSettings = {
    base,
    ...createReread({
      async read() {
        const known = settings.current();
        const entries: Numbered[] = [...known.entries];
        let reached = known.number;
        for await (const { number, entry } of log.since(reached)) {
          reached = number;
          if (entry) entries.push(entry);
          else often.log.error('setting-unreadable', { number });
        }
        if (reached === known.number) return known;
        const now = settingsOf(base, entries, reached);
        for (const { setting, id } of now.unfit)
          often.log.error('setting-unfit', { setting, ...(id !== undefined && { id }) });
        return now;
      },
      none: noSettings(base),
      what: 'settings',
      ...often,
    }),
  };
  return settings;
}

/** The city as it stands now, for what reads it once. */
export async function cityNow(base: City, log: Pick<SettingsLog, 'since'>): Promise<City> {
  const entries: Numbered[] = [];
  for await (const { entry } of log.since(0)) if (entry) entries.push(entry);
  return settingsOf(base, entries, entries.length).city;
}
