import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/** Ends with 0 when the api of this machine (PORT, API_TOKEN) can answer; `--wait 30` goes on asking for so many seconds. */
const seconds = Number(process.argv[2] === '--wait' ? process.argv[3] : 0);
const { PORT = '4310', API_TOKEN = '' } = process.env;
const deadline = Date.now() + seconds * 1000;

for (;;) {
  const problem = await findProblem();
  if (problem === undefined) break;
  if (Date.now() >= deadline) {
    console.error(`check-health: ${problem}`);
    process.exitCode = 1;
    break;
  }
  await wait(200);
}

async function findProblem(): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${PORT}/health`, {
      headers: API_TOKEN === '' ? {} : { authorization: `Bearer ${API_TOKEN}` },
      signal: AbortSignal.timeout(2000),
    });
    return answer.ok ? undefined : `GET /health answered ${answer.status}: ${await answer.text()}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `nothing answers on port ${PORT}: ${String(cause)}`;
  }
}
