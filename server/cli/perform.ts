import { fail, ok, type Result } from '../../shared/result.ts';
import type { Config } from '../config.ts';
import { controlAddress } from '../control/address.ts';
import { askServer } from '../control/ask.ts';
import { operationsOf } from '../control/operations.ts';
import type { ControlReply, OperationName } from '../control/protocol.ts';
import { openHouse } from './serve.ts';
import { refusal } from './refusal.ts';
import type { Complaint } from './words.ts';

const nobodyListens = {
  httpPort: 'off',
  mqttPort: 'off',
  httpsPort: 'off',
  mqttsPort: 'off',
  httpPlain: 'all',
  acme: false,
  mdns: false,
} as const;

/** No server runs: the house is opened for a moment, without listeners, and does it itself. */
async function performAlone(
  config: Config,
  operation: OperationName,
  input: unknown,
): Promise<Result<ControlReply, Complaint>> {
  const quiet = { ...config, ...nobodyListens, demo: false, logLevel: 'error' } as const;
  const opened = await openHouse(quiet);
  if (!opened.ok) return opened;
  const { app, release } = opened.value;
  try {
    return ok(await operationsOf(app, config.dataDir)[operation](input));
  } finally {
    await app.close();
    release();
  }
}

/** Does one operation, on the running server when there is one. A refusal is one sentence. */
export async function perform(
  config: Config,
  operation: OperationName,
  input: unknown,
): Promise<Result<unknown, Complaint>> {
  const answered = await askServer(controlAddress(config.dataDir), { operation, input });
  const reply = answered ? ok(answered) : await performAlone(config, operation, input);
  if (!reply.ok) return reply;
  if (reply.value.ok) return ok(reply.value.value);
  return fail(refusal(reply.value.error));
}
