/** Stands for mnemonist's cache, where the SDK keeps a table's endpoint: one table has one, and nothing is thrown out. */
module.exports = class Endpoints extends Map {
  /** Map takes entries where the cache takes how many it may hold. */
  constructor(_capacity) {
    super();
  }
  peek(key) {
    return this.get(key);
  }
};
