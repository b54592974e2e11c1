/** `npm start`: the whole service on this machine, without an account. `PORT` and `DATA_DIR` are honoured. */
import { FolderTaken, startHost } from './local/host.ts';

const DEFAULT_PORT = 8787;
const folder = process.env.DATA_DIR ?? '.data';

function portOf(text: string | undefined): number {
  const port = Number(text ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`PORT doit être un nombre de 0 à 65535, reçu: ${text}`);
  process.exit(2);
}

// dynalite throws past every caller where another process has just taken the folder.
process.on('uncaughtException', (error) => {
  const taken = /Database is (?:closed|not open)|LOCK/.test(`${error.message} ${String(error.cause)}`);
  console.error(taken ? `un autre processus utilise déjà le dossier ${folder}` : error);
  process.exit(1);
});

try {
  const host = await startHost({ folder, port: portOf(process.env.PORT) });
  console.log(`ready ${host.url}`);
  console.log(`Ouvrez ${host.url}/handset : des téléphones pour essayer. Ctrl+C pour arrêter.`);
  console.log(`La console des agents : ${host.url}/console`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void host.close().then(() => process.exit(0)));
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof FolderTaken) console.error(error.message);
  else if (code === 'EADDRINUSE')
    console.error('Ce port est déjà pris. Choisissez-en un autre: PORT=8788 npm start');
  else console.error(error);
  process.exit(1);
}
