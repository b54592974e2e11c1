/** What the local issuer remembers, until it stops: the port that oidc-provider calls an adapter. */

type Payload = Record<string, unknown>;
interface Kept {
  payload: Payload;
  /** Milliseconds since 1970. */
  until: number;
}

/** A maker of adapters over one memory. What has passed is dropped as new things come. */
export function createIdentityMemory() {
  const all = new Map<string, Kept>();
  const live = (key: string): Payload | undefined => {
    const kept = all.get(key);
    return kept && kept.until > Date.now() ? kept.payload : undefined;
  };
  const findWhere = (model: string, field: string, value: string): Payload | undefined => {
    for (const [key, { payload }] of all)
      if (key.startsWith(`${model}:`) && payload[field] === value) return live(key);
    return undefined;
  };
  return (model: string) => ({
    async upsert(id: string, payload: Payload, seconds?: number): Promise<void> {
      for (const [key, { until }] of all) if (until <= Date.now()) all.delete(key);
      all.set(`${model}:${id}`, { payload, until: seconds ? Date.now() + seconds * 1000 : Infinity });
    },
    find: async (id: string) => live(`${model}:${id}`),
    findByUid: async (uid: string) => findWhere(model, 'uid', uid),
    findByUserCode: async (code: string) => findWhere(model, 'userCode', code),
    async consume(id: string): Promise<void> {
      const kept = all.get(`${model}:${id}`);
      if (kept) kept.payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id: string) => void all.delete(`${model}:${id}`),
    async revokeByGrantId(grant: string): Promise<void> {
      for (const [key, { payload }] of all) if (payload.grantId === grant) all.delete(key);
    },
  });
}
