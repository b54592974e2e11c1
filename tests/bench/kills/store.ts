/** The disk store in a process of its own: `store.ts <folder>` prints where it answers, and ends when its input does. */
import { openStore } from '../../../infra/local/store.ts';

const store = await openStore(process.argv[2]);
console.log(JSON.stringify({ endpoint: store.endpoint }));
process.stdin.resume();
process.stdin.once('end', () => void store.close().then(() => process.exit(0)));
