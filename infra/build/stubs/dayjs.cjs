/** Stands for dayjs in twilio's parameters and answers: moments as ISO 8601 there, RFC 2822 back. */
const PATTERNS = {
  'YYYY-MM-DD': (at) => at.toISOString().slice(0, 10),
  'YYYY-MM-DD[T]HH:mm:ss[Z]': (at) => `${at.toISOString().slice(0, 19)}Z`,
};

module.exports = {
  extend() {},
  utc(given) {
    const at = new Date(given);
    return {
      isValid: () => !Number.isNaN(at.getTime()),
      toDate: () => at,
      format(pattern) {
        const write = PATTERNS[pattern];
        if (!write) throw new Error(`dayjs in this bundle does not write "${pattern}"`);
        return write(at);
      },
    };
  },
};
